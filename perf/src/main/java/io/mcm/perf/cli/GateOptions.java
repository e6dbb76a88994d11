package io.mcm.perf.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The arguments of {@code mcm perf --gate} and {@code --against}. */
final class GateOptions {

    @Option(names = "--gate",
        description = "Hold this build to the thresholds: exit code 1 for a breach, 4 where this machine could not tell. Ten minutes and more for all; "
            + "--select 'depacketize/.*' takes one or two, --select '(latency|memif)/.*' four: those run end to end, and --report draws them.")
    boolean gate;

    @Option(names = "--thresholds", paramLabel = "FILE", description = "Of --gate (default: perf/thresholds.yaml).")
    Path thresholds;

    @Option(names = "--against", paramLabel = "GIT-REF|JAR",
        description = "Compare with the data path of another version, a revision or a jar of mcm-core: exit code 1 where this one is slower.")
    String against;

    @Option(names = "--tolerance", paramLabel = "X", defaultValue = "1.04",
        description = "Of --against: the highest ratio of the times that is no slow-down (default: ${DEFAULT-VALUE}).")
    double tolerance;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "Fresh JVMs of each bench and side; twice as many of each build with --against (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--history", paramLabel = "DIR",
        description = "Of --gate: stores the run there, perf/history say, and shows the trend of the runs there in --report.")
    Path history;
}
