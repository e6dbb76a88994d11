package io.mcm.ingest.mtl;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What MTL needs of a machine, looked at without changing it: MTL itself fails without a reason that a caller can read.
 *
 * @param root {@code /}, or in a test a folder with {@code proc}, {@code sys} and {@code run} in it
 */
public record Preconditions(Path root) {

    /** Asked for where there are fewer: enough for any backend, and a few sockets. */
    private static final long ENOUGH_HUGE_PAGES = 32;
    private static final String PAGES_2M = "sys/kernel/mm/hugepages/hugepages-2048kB/";
    private static final String PAGES_1G = "sys/kernel/mm/hugepages/hugepages-1048576kB/";
    /** Bit CAP_NET_RAW of capabilities(7). */
    private static final int CAP_NET_RAW = 13;
    /** MTL_MANAGER_SOCK_PATH of MTL's mtl_mproto.h. */
    private static final String MANAGER_SOCKET = "run/imtl/mtl_manager.sock";
    /** Those that DPDK works through; what else a device may be bound to is the kernel's. */
    private static final List<String> USER_DRIVERS = List.of("vfio-pci", "igb_uio", "uio_pci_generic");

    /**
     * Something that is missing.
     *
     * @param what with the figures seen
     * @param remedy a command
     */
    public record Unmet(String what, String remedy) {

        String text() {
            return what + ". Mend: " + remedy;
        }
    }

    /** The first thing that the port needs and the machine has not. */
    Optional<Unmet> unmet(MtlPort port) {
        Backend backend = port.backend();
        Stream<Supplier<Optional<Unmet>>> checks = Stream.of(
            () -> port.hasLeftKernel() ? pciDevice(port.device()) : kernelInterface(port.device()),
            () -> hugePages(backend.hugePages),
            () -> backend.raw ? rawSockets() : Optional.empty(),
            () -> backend.xdp ? manager() : Optional.empty());
        return checks.map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    /** For the least demanding backend. */
    public Optional<Unmet> hugePages() {
        return hugePages(Backend.KERNEL.hugePages);
    }

    private Optional<Unmet> hugePages(int needed) {
        long free = freeHugePages();
        if (free >= needed || number(PAGES_1G + "free_hugepages") > 0) {
            return Optional.empty();
        }
        long wanted = number(PAGES_2M + "nr_hugepages") - free + ENOUGH_HUGE_PAGES;
        return Optional.of(new Unmet(free + " free huge pages of 2 MB, MTL needs " + needed, "sudo sysctl -w vm.nr_hugepages=" + wanted));
    }

    /** Of 2 MB. */
    public long freeHugePages() {
        return number(PAGES_2M + "free_hugepages");
    }

    /** For AF_PACKET and AF_XDP. */
    public Optional<Unmet> rawSockets() {
        return (capabilities() >> CAP_NET_RAW & 1) == 1 ? Optional.empty()
            : Optional.of(new Unmet("this process has not the capability CAP_NET_RAW", "run mcm with sudo"));
    }

    /** For AF_XDP. */
    public Optional<Unmet> manager() {
        return Files.exists(root.resolve(MANAGER_SOCKET)) ? Optional.empty()
            : Optional.of(new Unmet("MtlManager does not run (no /" + MANAGER_SOCKET + ")", "sudo MtlManager &"));
    }

    private static Optional<Unmet> kernelInterface(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found == null) {
                return Optional.of(new Unmet("no network interface " + name, "ip link shows those that there are"));
            }
            if (!found.isUp()) {
                return Optional.of(new Unmet("network interface " + name + " is down", "sudo ip link set " + name + " up"));
            }
            boolean addressed = found.inetAddresses().anyMatch(Inet4Address.class::isInstance);
            return addressed ? Optional.empty() : Optional.of(
                new Unmet("network interface " + name + " has no IPv4 address", "sudo ip address add ADDRESS/24 dev " + name));
        } catch (SocketException e) {
            return Optional.of(new Unmet("network interface " + name + ": " + e.getMessage(), "ip link shows it"));
        }
    }

    private Optional<Unmet> pciDevice(String address) {
        Path device = root.resolve("sys/bus/pci/devices").resolve(address);
        if (!Files.exists(device)) {
            return Optional.of(new Unmet("no PCI device " + address, "lspci -D shows those that there are"));
        }
        String driver = driver(device);
        return USER_DRIVERS.contains(driver) ? Optional.empty() : Optional.of(new Unmet(
            "PCI device " + address + " has the driver " + driver + ", DPDK needs one of " + String.join(", ", USER_DRIVERS),
            "sudo modprobe vfio-pci && sudo dpdk-devbind.py -b vfio-pci " + address));
    }

    private static String driver(Path device) {
        try {
            return Files.readSymbolicLink(device.resolve("driver")).getFileName().toString();
        } catch (IOException e) {
            return "none";
        }
    }

    private long capabilities() {
        return lines("proc/self/status").filter(line -> line.startsWith("CapEff:"))
            .map(line -> line.substring("CapEff:".length()).strip()).mapToLong(hex -> Long.parseUnsignedLong(hex, 16)).findFirst().orElse(0);
    }

    private long number(String file) {
        return lines(file).findFirst().filter(line -> line.matches("\\d{1,18}")).map(Long::valueOf).orElse(0L);
    }

    /** By lines: the kernel answers some of its files only once. */
    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file)).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
