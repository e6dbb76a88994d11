package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.memif.Comparison;
import io.mcm.perf.memif.LibmemifPeer;
import io.mcm.perf.memif.RingPeer;
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

/** {@code mcm perf memif}: the table of perf/README.md. */
@Command(
    name = "memif",
    description = "Compares the builtin memif with libmemif in C, two processes each, in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfMemifCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--libmemif", paramLabel = "FILE", description = "libmemif.so to compare with; without it only ours is measured.")
    private Path library;

    @Option(names = "--headers", paramLabel = "DIR", description = "The folder with that build's libmemif.h.")
    private Path headers;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds of each cell (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--millis", paramLabel = "MS", defaultValue = "400",
        description = "Length of one measurement, warm-up included (default: ${DEFAULT-VALUE}).")
    private int millis;

    @Option(names = "--select", paramLabel = "TEXT", defaultValue = "", description = "Only cells whose name contains it, like '64 B, polling'.")
    private String select;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, (library == null) == (headers == null), "--libmemif and --headers belong together");
        Arguments.require(spec, rounds >= 1, "--rounds " + rounds + ", allowed are 1 and more");
        Arguments.require(spec, millis >= 50, "--millis " + millis + ", allowed are 50 and more");
        Path directory = Files.createTempDirectory("mcm-perf");
        List<String> reference = library == null ? null : LibmemifPeer.compile(library, headers, directory);
        try (Comparison comparison = Comparison.start(RingPeer.command(), reference, library, rounds, millis, select)) {
            comparison.run(new PrintWriter(System.out, true));
        }
        return ExitCode.GOOD;
    }
}
