package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.metric.FileTrouble;
import io.mcm.perf.latency.LatencyPlan;
import io.mcm.perf.latency.LatencyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf latency}: from the intended sending of a picture to its taking by a micro-service. */
@Command(
    name = "latency",
    description = "Measures from the intended sending of a picture to its taking, camera -> UDP -> proxy -> memif -> consumer, "
        + "at rates from idle to the first that is too much.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfLatencyCommand implements Callable<Integer> {

    private static final int MAX_SESSIONS = 1_000;
    private static final int MAX_FIRST_PORT = 65_535 - MAX_SESSIONS;
    /** Of 1,400 bytes into a buffer of 256 KiB. */
    private static final int MAX_PACKETS = 180;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rates", paramLabel = "N", split = ",", defaultValue = "1,30,100,300,1000,3000,10000,30000",
        description = "Pictures a second of all sessions together, each a row (default: ${DEFAULT-VALUE}).")
    private List<Double> rates;

    @Option(names = "--sessions", paramLabel = "N", split = ",", defaultValue = "1",
        description = "Cameras, each with its consumer; all rates for each number (default: ${DEFAULT-VALUE}).")
    private List<Integer> sessions;

    @Option(names = "--packets", paramLabel = "N", defaultValue = "" + LatencyReport.TARGET_PACKETS,
        description = "Packets of 1,400 bytes a picture; 12 at 30 pictures/s are 4 Mbit/s (default: ${DEFAULT-VALUE}).")
    private int packets;

    @Option(names = "--trains", description = "Hands a picture over with GSO, as a network card with receive offload would.")
    private boolean trains;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3", description = "Length of a row, five pictures at least (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--in-process", description = "Proxy, cameras and consumers in one process; else the proxy has its own.")
    private boolean inProcess;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "1", description = "Of the proxy (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--first-port", paramLabel = "PORT", defaultValue = "20000", description = "UDP ports from here on (default: ${DEFAULT-VALUE}).")
    private int firstPort;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes every row's whole curve.")
    private Path csv;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        LatencyPlan plan = new LatencyPlan(rates, seconds, packets, trains, inProcess, workers, firstPort);
        try (PrintWriter curves = csv == null ? null : writer()) {
            new LatencyReport(plan, spec.commandLine().getOut(), curves).run(sessions);
        }
        return ExitCode.GOOD;
    }

    private void check() {
        rates.forEach(rate -> Arguments.require(spec, rate > 0 && rate <= 1e6, "--rates " + rate + ", allowed are numbers above 0 up to 1000000"));
        sessions.forEach(count -> within("--sessions", count, 1, MAX_SESSIONS));
        within("--packets", packets, 2, MAX_PACKETS);
        Arguments.require(spec, seconds > 0, "--seconds " + seconds + ", allowed are numbers above 0");
        Arguments.require(spec, workers >= 1, "--workers " + workers + ", allowed are 1 and more");
        within("--first-port", firstPort, 1, MAX_FIRST_PORT);
    }

    private void within(String option, int value, int least, int most) {
        Arguments.require(spec, value >= least && value <= most, option + " " + value + ", allowed are " + least + " to " + most);
    }

    private PrintWriter writer() {
        try {
            return new PrintWriter(Files.newBufferedWriter(csv));
        } catch (IOException e) {
            throw new EnvironmentException("--csv " + csv + ": " + FileTrouble.reason(e), e);
        }
    }
}
