package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.path.PathComparison;
import io.mcm.perf.path.PictureShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf path}: what a packet costs the proxy, beside a bare loop and MCM 24.09's way. */
@Command(
    name = "path",
    description = "Compares what a packet costs the proxy, a bare receive loop, and a C program that does what MCM 24.09's proxy does.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfPathCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;
    private static final double SHORTEST_SECONDS = 0.2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "20000", description = "UDP port of the proxy's session (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds of each row (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "2", description = "Length of one measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--select", paramLabel = "TEXT", defaultValue = "", description = "Only the rows whose traffic has this text in its name.")
    private String select;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, port >= 1 && port <= MAX_PORT, "--port " + port + ", allowed are 1 to " + MAX_PORT);
        Arguments.require(spec, rounds >= 1, "--rounds " + rounds + ", allowed are 1 and more");
        Arguments.require(spec, seconds >= SHORTEST_SECONDS, "--seconds " + seconds + ", allowed are " + SHORTEST_SECONDS + " and more");
        List<PictureShape> shapes = PictureShape.ALL.stream().filter(shape -> shape.name().contains(select)).toList();
        Arguments.require(spec, !shapes.isEmpty(), "--select '" + select + "' is in no row's name");
        new PathComparison(shapes, port, rounds, seconds).run(new PrintWriter(System.out, true));
        return ExitCode.GOOD;
    }
}
