package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.site.Site;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf site}: many cameras and consumers on one proxy. */
@Command(
    name = "site",
    description = "Carries many cameras of 1 Mbit/s (90 packets/s each) to a consumer each; cameras, proxy and consumers in this process.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfSiteCommand implements Callable<Integer> {

    /** Ten times what one proxy is built for. */
    private static final int MAX_CAMERAS = 10_000;
    private static final int WARM_UP_CAMERAS = 100;
    private static final int WARM_UP_SECONDS = 2;
    private static final int MAX_FIRST_PORT = 65_535 - MAX_CAMERAS;

    @Spec
    private CommandSpec spec;

    @Option(names = "--cameras", paramLabel = "N", split = ",", defaultValue = "10,100,1000",
        description = "A row for each of these numbers (default: ${DEFAULT-VALUE}). 1000 take 16,000 file descriptors.")
    private List<Integer> cameras;

    @Option(names = "--first-port", paramLabel = "PORT", defaultValue = "20000",
        description = "UDP ports from here on (default: ${DEFAULT-VALUE}).")
    private int firstPort;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Length of each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "1", description = "Of the proxy (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Override
    public Integer call() throws Exception {
        Arguments.require(spec, seconds >= 1, "--seconds " + seconds + ", allowed are 1 and more");
        Arguments.require(spec, workers >= 1, "--workers " + workers + ", allowed are 1 and more");
        Arguments.require(spec, firstPort >= 1 && firstPort <= MAX_FIRST_PORT,
            "--first-port " + firstPort + ", allowed are 1 to " + MAX_FIRST_PORT);
        for (int count : cameras) {
            Arguments.require(spec, count >= 1 && count <= MAX_CAMERAS, "--cameras " + count + ", allowed are 1 to " + MAX_CAMERAS);
        }
        // Not reported: the JVM compiles.
        new Site(WARM_UP_CAMERAS, firstPort, Math.min(seconds, WARM_UP_SECONDS), workers).call();
        PrintWriter out = spec.commandLine().getOut();
        out.println(Site.HEADER);
        for (int count : cameras) {
            out.println(new Site(count, firstPort, seconds, workers).call());
            out.flush();
        }
        return ExitCode.GOOD;
    }
}
