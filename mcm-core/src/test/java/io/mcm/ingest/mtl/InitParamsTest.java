package io.mcm.ingest.mtl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of mtl_api.h as a C compiler laid them out for each release, written down here once more by hand. */
class InitParamsTest {

    private static final byte[] ADDRESS = {(byte) 192, 0, 2, 17};

    private final MemorySegment block = Arena.ofAuto().allocate(InitParams.LENGTH, 8);

    /** As MTL fills it when it is asked where its fields lie. */
    private static MemorySegment probe(int sip, int dma) {
        MemorySegment probe = Arena.ofAuto().allocate(InitParams.LENGTH, 8);
        MemorySegment.copy(new byte[] {(byte) 198, 51, 100, 77}, 0, probe, JAVA_BYTE, sip, 4);
        MemorySegment.copy(InitParams.PROBE_NAME.getBytes(StandardCharsets.US_ASCII), 0, probe, JAVA_BYTE, dma, 1);
        return probe;
    }

    private static InitParams layout(String release, int sip, int dma) {
        MtlVersion version = MtlVersion.parse(release + " Nov 3 2025 gcc");
        return version.isAtLeast(MtlVersion.WITH_PARAMETER_FUNCTIONS) ? InitParams.probed(probe(sip, dma), version) : InitParams.OF_23_12;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "23.12.0,     512, 548, 580, 596, 612, 720, 736, 752, 1272",
        "24.6.0.REL,  512, 548, 580, 596, 612, 712, 728, 744, 1264",
        "24.9.0.REL,  512, 548, 580, 596, 612, 712, 728, 744, 1264",
        "25.2.0.REL,  512, 548, 580, 596, 612, 712, 728, 744, 1264",
        "25.12.0.REL, 512, 548, 580, 596, 612, 712, 728, 744, 2800",
        "26.1.0.REL,  544, 580, 612, 628, 644, 744, 760, 776, 2832"})
    void fieldsAreFilledWhereTheReleasesHeaderHasThem(String release, int numPorts, int pmd, int txQueues, int rxQueues, int sip,
            int flags, int logLevel, int dma, int iovaMode) {
        layout(release, sip, dma).fill(block, MtlPort.parse("native_af_xdp:eth0"), 4, ADDRESS);
        assertThat(block.getString(0)).isEqualTo("native_af_xdp:eth0");
        assertThat(block.get(JAVA_BYTE, numPorts)).isEqualTo((byte) 1);
        assertThat(block.get(JAVA_INT, pmd)).isEqualTo(4);
        assertThat(block.get(JAVA_SHORT, txQueues)).isEqualTo((short) 1);
        assertThat(block.get(JAVA_SHORT, rxQueues)).isEqualTo((short) 1);
        assertThat(block.asSlice(sip, ADDRESS.length).toArray(JAVA_BYTE)).isEqualTo(ADDRESS);
        assertThat(block.get(JAVA_LONG, flags)).isEqualTo(1L << 47);
        assertThat(block.get(JAVA_INT, logLevel)).isEqualTo(4);
        assertThat(block.get(JAVA_INT, iovaMode)).as("virtual addresses").isEqualTo(1);
    }

    @Test
    void afPacketGetsNoQueuesAndMtlsOwnChoiceOfAddresses() {
        InitParams layout = layout("26.1.0.REL", 644, 776);
        layout.fill(block, MtlPort.parse("dpdk_af_packet:eth0"), 20, ADDRESS);
        assertThat(block.get(JAVA_INT, 580)).isEqualTo(20);
        assertThat(block.get(JAVA_SHORT, 612)).isZero();
        assertThat(block.get(JAVA_SHORT, 628)).isZero();
        assertThat(block.get(JAVA_INT, 2832)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"644, 800", "612, 752", "90, 222", "0, 132"})
    void fieldsThatLieAsInNoReleaseAreRefusedWithWhereTheyLie(int sip, int dma) {
        MtlVersion version = MtlVersion.parse("26.1.0.REL");
        assertThatThrownBy(() -> InitParams.probed(probe(sip, dma), version)).isInstanceOf(MtlException.class)
            .hasMessageContaining("libmtl 26.01").hasMessageContaining("sip_addr lies at " + sip).hasMessageContaining("at " + dma);
    }

    @Test
    void aLibraryThatSetsNeitherIsRefused() {
        MtlVersion version = MtlVersion.parse("26.1.0.REL");
        assertThatThrownBy(() -> InitParams.probed(block, version)).isInstanceOf(MtlException.class).hasMessageContaining("-1");
    }

    @ParameterizedTest
    @CsvSource({"23.8.0, 23.08 is too old", "22.12.0.REL, too old", "main, is \"main\"", "'', expected is one like 26.1.0.REL"})
    void aReleaseThatIsTooOldOrNoneIsRefused(String text, String message) {
        assertThatThrownBy(() -> MtlVersion.parse(text)).isInstanceOf(MtlException.class).hasMessageContaining(message);
    }

    /** Where it is installed: what its own functions do. */
    @Test
    void anInstalledLibraryHasAKnownLayout() {
        InitParams layout = InstalledLibmtl.library().layout();
        assertThat(layout.sipOffset()).isIn(612, 644);
        assertThat(layout.dmaOffset()).isIn(744, 752, 776);
        assertThat(layout.iovaModeOffset()).isIn(1264, 1272, 2800, 2832);
    }
}
