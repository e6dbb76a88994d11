package io.mcm.cli;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.SharedMemory;
import io.mcm.foreign.UdpSocket;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.ingest.mtl.MtlException;
import io.mcm.ingest.mtl.MtlTransport;
import io.mcm.ingest.mtl.Preconditions;
import io.mcm.memif.libmemif.LibmemifEngine;
import io.mcm.memif.libmemif.MissingLibraryException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Everything that {@code mcm doctor} looks at. */
final class Diagnosis {

    static final int NEEDED_JDK = 25;
    /** A 1 MB access unit in 1,400-byte packets, each booked by the kernel with about 2.3 KB, twice over. */
    static final long WANTED_RECEIVE_BUFFER = 4L << 20;

    private static final String RUN_DIRECTORY = "run/mcm";
    private static final int PAGE = 4096;

    private final Machine machine;
    private final Preconditions mtl;
    private final UnaryOperator<String> libmemifLoader;
    private final UnaryOperator<String> libmtlLoader;

    Diagnosis(Machine machine) {
        this(machine, path -> LibmemifEngine.load(path).toString(), MtlTransport::describe);
    }

    /**
     * @param libmemifLoader loads what is at a path and says what it is, or throws {@link MissingLibraryException}
     * @param libmtlLoader likewise, or throws {@link MtlException}
     */
    Diagnosis(Machine machine, UnaryOperator<String> libmemifLoader, UnaryOperator<String> libmtlLoader) {
        this.machine = machine;
        this.libmemifLoader = libmemifLoader;
        this.libmtlLoader = libmtlLoader;
        mtl = new Preconditions(machine.root());
    }

    List<Finding> findings() {
        return List.of(
            jdk(Runtime.version()),
            tried("memif builtin", "memfd, eventfd and AF_UNIX SOCK_SEQPACKET work", Diagnosis::useWhatMemifNeeds),
            tried("UDP", "a socket on 127.0.0.1 works", Diagnosis::useUdp),
            runDirectory(),
            receiveBuffer(),
            Finding.ok("terminal", LiveTable.isPossible() ? "mcm proxy shows a table" : "none here, mcm proxy prints lines"),
            library("libpcap", "libpcap.so.0.8", "live capture", "apt-get install libpcap0.8"),
            executable("ffmpeg", "ffmpeg", "tests with a live camera and a decoder", "apt-get install ffmpeg"),
            executable("dpdk-testpmd", "dpdk-testpmd", "tests against DPDK's memif", "apt-get install dpdk-dev"),
            libmemif(),
            libmtl(),
            forMtl("huge pages", mtl.freeHugePages() + " of 2 MB are free, MTL starts", mtl.hugePages()),
            forMtl("raw sockets", "mtl:dpdk_af_packet and mtl:native_af_xdp may open them", mtl.rawSockets()),
            forMtl("MtlManager", "runs, for mtl:native_af_xdp", mtl.manager()));
    }

    static Finding jdk(Runtime.Version version) {
        return Finding.required("JDK", version.feature() >= NEEDED_JDK,
            version + ", at least " + NEEDED_JDK, "apt-get install openjdk-25-jdk, or install Temurin 25");
    }

    private Finding runDirectory() {
        boolean writable = machine.canWrite(RUN_DIRECTORY);
        return Finding.optional("/run/mcm", writable, writable ? "writable" : "not writable, memif sockets go to a folder of the user",
            "sudo install -d -o \"$USER\" /run/mcm");
    }

    private Finding receiveBuffer() {
        long max = machine.kernelSetting("net/core/rmem_max");
        return Finding.optional("rmem_max", max >= WANTED_RECEIVE_BUFFER, max + " bytes a socket may buffer, bursts want "
            + WANTED_RECEIVE_BUFFER, "sudo sysctl -w net.core.rmem_max=" + WANTED_RECEIVE_BUFFER);
    }

    private static Finding forMtl(String what, String met, Optional<Preconditions.Unmet> unmet) {
        return unmet.map(lack -> Finding.optional(what, false, lack.what(), lack.remedy())).orElseGet(() -> Finding.ok(what, met));
    }

    private Finding library(String what, String file, String purpose, String remedy) {
        return found(what, machine.library(file), purpose, remedy);
    }

    /** Two libraries of the same name and version differ in the longest buffer: only loading tells which it is. */
    private Finding libmemif() {
        String remedy = "no package has it: build extras/libmemif of github.com/FDio/vpp with cmake and install it, or set "
            + LibmemifEngine.ENVIRONMENT_VARIABLE + " to its path";
        try {
            return machine.libmemifFile().map(path -> Finding.ok("libmemif", libmemifLoader.apply(path.toString())))
                .orElseGet(() -> Finding.optional("libmemif", false, "not found, for --memif libmemif", remedy));
        } catch (MissingLibraryException e) {
            return Finding.optional("libmemif", false, e.getCause().getMessage(), remedy);
        }
    }

    /** Only the library itself tells its release. */
    private Finding libmtl() {
        String remedy = "no package has it: build v26.01 of github.com/OpenVisualCloud/Media-Transport-Library and install it, or set "
            + MtlTransport.ENVIRONMENT_VARIABLE + " to its path";
        try {
            return machine.libmtlFile().map(path -> Finding.ok("libmtl", libmtlLoader.apply(path.toString())))
                .orElseGet(() -> Finding.optional("libmtl", false, "not found, for --transport mtl:PORT", remedy));
        } catch (MtlException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return Finding.optional("libmtl", false, reason.getMessage(), remedy);
        }
    }

    private Finding executable(String what, String file, String purpose, String remedy) {
        return found(what, machine.executable(file), purpose, remedy);
    }

    private static Finding found(String what, Optional<Path> path, String purpose, String remedy) {
        return Finding.optional(what, path.isPresent(), path.map(Path::toString).orElse("not found") + ", for " + purpose, remedy);
    }

    static Finding tried(String what, String success, Runnable trial) {
        try {
            trial.run();
            return Finding.ok(what, success);
        } catch (RuntimeException | LinkageError e) {
            return new Finding(what, Finding.State.MISSING, String.valueOf(e.getMessage()),
                "mcm needs Linux; in a container its seccomp profile may forbid the call");
        }
    }

    private static void useWhatMemifNeeds() {
        String name = "mcm-doctor-" + ProcessHandle.current().pid();
        try (SharedMemory memory = SharedMemory.create(name, PAGE);
             EventFd event = EventFd.create();
             UnixSocket listener = UnixSocket.listen(new UnixAddress("@" + name), 1)) {
            memory.segment().fill((byte) 1);
            event.signal();
            UnixSocket.connect(new UnixAddress("@" + name)).close();
            listener.accept().close();
        }
    }

    private static void useUdp() {
        UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).close();
    }
}
