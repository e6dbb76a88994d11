package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.path.PictureShape;
import io.mcm.perf.path.Soak;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm perf soak}: one fast stream for a long time. */
@Command(
    name = "soak",
    description = "Sends 400 Mbit/s through a proxy for a long time while another session comes and goes; exit 1 if memory, descriptors or"
        + " mappings grow or a unit is dropped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PerfSoakCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "20000",
        description = "UDP port of the stream; the other session takes the next (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "20", description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, port >= 1 && port < MAX_PORT, "--port " + port + ", allowed are 1 to " + (MAX_PORT - 1));
        Arguments.require(spec, minutes >= 1, "--minutes " + minutes + ", allowed are 1 and more");
        PictureShape shape = PictureShape.FAST;
        return new Soak(port, shape).run(minutes, new PrintWriter(System.out, true)) ? ExitCode.GOOD : ExitCode.CHECK_FAILED;
    }
}
