package io.mcm.ingest.mtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that MTL needs, taken away: it is named, with the command that mends it. */
class PreconditionsTest {

    private static final String PAGES = "sys/kernel/mm/hugepages/hugepages-2048kB/";
    private static final String PCI = "0000:4b:01.3";

    @TempDir
    private Path root;

    /** A machine that has everything. */
    @BeforeEach
    void equip() throws IOException {
        file(PAGES + "nr_hugepages", "16\n");
        file(PAGES + "free_hugepages", "16\n");
        file("proc/self/status", "CapInh:\t0000000000000000\nCapEff:\t0000000000002000\n");
        file("run/imtl/mtl_manager.sock", "");
        driver("vfio-pci");
    }

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void driver(String name) throws IOException {
        Path device = Files.createDirectories(root.resolve("sys/bus/pci/devices").resolve(PCI));
        Files.deleteIfExists(device.resolve("driver"));
        Files.createSymbolicLink(device.resolve("driver"), Path.of("../../drivers", name));
    }

    private String unmet(String port) {
        return new Preconditions(root).unmet(MtlPort.parse(port)).map(Preconditions.Unmet::text).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel:lo", "dpdk_af_packet:lo", "native_af_xdp:lo", "dpdk_af_xdp:lo", PCI})
    void aMachineThatHasEverythingLacksNothing(String port) {
        assertThat(unmet(port)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kernel:lo, 7, 41", "dpdk_af_packet:lo, 15, 33", "0000:4b:01.3, 0, 48"})
    void hugePagesThatAreMissingAreAskedForBesidesThoseInUse(String port, int free, int wanted) throws IOException {
        file(PAGES + "free_hugepages", free + "\n");
        assertThat(unmet(port)).startsWith(free + " free huge pages of 2 MB, MTL needs ").endsWith("sudo sysctl -w vm.nr_hugepages=" + wanted);
    }

    @Test
    void aHugePageOf1GigabyteIsEnough() throws IOException {
        file(PAGES + "free_hugepages", "0\n");
        file("sys/kernel/mm/hugepages/hugepages-1048576kB/free_hugepages", "1\n");
        assertThat(unmet("kernel:lo")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kernel:lo, false", "dpdk_af_packet:lo, true", "native_af_xdp:lo, true", "0000:4b:01.3, false"})
    void whatOpensRawSocketsNeedsTheirCapability(String port, boolean needed) throws IOException {
        file("proc/self/status", "CapEff:\t000001ffffffdfff\n");
        assertThat(unmet(port).contains("CAP_NET_RAW")).isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({"kernel:lo, false", "dpdk_af_packet:lo, false", "native_af_xdp:lo, true", "dpdk_af_xdp:lo, true"})
    void afXdpNeedsTheManager(String port, boolean needed) throws IOException {
        Files.delete(root.resolve("run/imtl/mtl_manager.sock"));
        assertThat(unmet(port).contains("sudo MtlManager")).isEqualTo(needed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel:none0", "dpdk_af_packet:none0"})
    void anInterfaceThatIsNotThereIsNamed(String port) {
        assertThat(unmet(port)).startsWith("no network interface none0").contains("ip link");
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        assertThat(unmet("0000:4b:01.4")).startsWith("no PCI device 0000:4b:01.4").contains("lspci");
    }

    @Test
    void aDeviceThatTheKernelDrivesIsToBeBound() throws IOException {
        driver("ice");
        assertThat(unmet(PCI)).contains("has the driver ice").endsWith("sudo dpdk-devbind.py -b vfio-pci " + PCI);
    }
}
