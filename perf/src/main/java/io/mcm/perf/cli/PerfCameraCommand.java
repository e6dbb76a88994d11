package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.camera.CameraComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf camera}: how punctual and how fast the camera is. */
@Command(
    name = "camera",
    description = "Lateness against a capture's schedule and top speed: the camera, a pure spin and tcpreplay, in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfCameraCommand implements Callable<Integer> {

    /** Arrivals are kept by RTP's 16-bit sequence number. */
    private static final int MAX_PACKETS = 65_536;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rates", paramLabel = "N", split = ",", defaultValue = "1000,5000", description = "Packets a second (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = "Length of each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--tcpreplay", paramLabel = "INTERFACE", description = "Plays with tcpreplay, too, from this interface.")
    private String tcpreplay;

    @Option(names = "--wire", paramLabel = "HOST:PORT", defaultValue = "10.77.9.2:5004",
        description = "An IPv4 address of the interface at its other end (default: ${DEFAULT-VALUE}).")
    private String wire;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, seconds >= 1, "--seconds " + seconds + ", allowed are 1 and more");
        for (int rate : rates) {
            Arguments.require(spec, rate >= 1 && (long) rate * seconds <= MAX_PACKETS,
                "--rates " + rate + " for " + seconds + " s, allowed are 1 to " + MAX_PACKETS + " packets in all");
        }
        InetSocketAddress address = Arguments.address(spec, "--wire", wire);
        new CameraComparison(rates, seconds, tcpreplay, address, new PrintWriter(System.out, true)).run();
        return ExitCode.GOOD;
    }
}
