package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.perf.gate.MachineLock;
import io.mcm.perf.peers.PeerTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf peers}: the same work by others. */
@Command(
    name = "peers",
    description = "The same work by us and by GStreamer and C programs in one run, a row each; what is not installed is named. Takes about two minutes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfPeersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Of each, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--select", paramLabel = "TEXT", defaultValue = "", description = "Only rows whose work or peer contains it.")
    private String select;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, rounds >= 1, "--rounds " + rounds + ", allowed are 1 and more");
        Logger.getLogger("io.mcm").setLevel(Level.WARNING);
        try (MachineLock _ = MachineLock.take(MachineLock.file())) {
            if (!new PeerTable(spec.commandLine().getOut()).run(select, rounds)) {
                throw new EnvironmentException("--select " + select + " matches no row: nothing ran");
            }
        }
        return ExitCode.GOOD;
    }
}
