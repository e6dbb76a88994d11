package io.mcm.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry: {@code mcm COMMAND}. Collects the modules' commands and turns every failure into one line and an exit code. */
@Command(
    name = "mcm",
    description = "Camera simulator, media proxy and consumer for Media Communications Mesh over memif.",
    mixinStandardHelpOptions = true,
    version = "mcm 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class Mcm implements Runnable {

    private static final String TRACE_PROPERTY = "mcm.trace";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Mcm() {}

    public static void main(String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %5$s%6$s%n");
        Ending.ownProcess();
        Ending.finish(commandLine().execute(args));
    }

    /** Every command on the path. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Mcm());
        ServiceLoader.load(McmCommand.class).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, args) -> usage(e));
        line.setExecutionExceptionHandler((e, failed, parsed) -> failure(e, failed));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int usage(ParameterException e) {
        CommandLine failed = e.getCommandLine();
        boolean unknownCommand = e instanceof UnmatchedArgumentException && failed.getParent() == null;
        String allowed = unknownCommand ? "; commands are " + String.join(", ", failed.getSubcommands().keySet()) : "";
        failed.getErr().println(failed.getCommandSpec().qualifiedName() + ": " + e.getMessage() + allowed);
        failed.getErr().println("see: " + failed.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failure(Exception e, CommandLine failed) {
        if (Boolean.getBoolean(TRACE_PROPERTY)) {
            e.printStackTrace(failed.getErr());
        }
        String what = e instanceof EnvironmentException || e.getMessage() != null ? e.getMessage() : e.toString();
        failed.getErr().println(failed.getCommandSpec().qualifiedName() + ": " + what);
        return ExitCode.ENVIRONMENT;
    }
}
