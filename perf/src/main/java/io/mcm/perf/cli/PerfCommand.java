package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.cli.McmCommand;
import io.mcm.metric.FileTrouble;
import io.mcm.perf.gate.Fork;
import io.mcm.perf.gate.JmhFork;
import io.mcm.perf.gate.MachineLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code mcm perf}: the JMH benches of this module, each beside its baseline. */
@Command(
    name = "perf",
    subcommands = {PerfCalibrateCommand.class, PerfCameraCommand.class, PerfLatencyCommand.class, PerfMemifCommand.class, PerfPathCommand.class,
        PerfPeersCommand.class, PerfSiteCommand.class, PerfSoakCommand.class, PerfUdpCommand.class},
    description = "Measures the data path with JMH, each figure beside a baseline of the same run. Compare only within one run.",
    mixinStandardHelpOptions = true)
public final class PerfCommand implements McmCommand {

    private static final String BENCHES = "io\\.mcm\\.perf\\..*";
    private static final String REPORT_NAME = "jmh.json";

    /** Tests have no minutes. */
    Fork fork = new JmhFork();

    /** Tests may run beside a measurement. */
    Path lock = MachineLock.file();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private GateOptions gate;

    @Option(names = "--report", paramLabel = "DIR", description = "With --gate or --against: index.html, plots.png, summary.md, result.json, result.csv; else "
        + REPORT_NAME + ", JMH's own JSON.")
    private Path report;

    @Option(names = "--select", paramLabel = "REGEX", defaultValue = BENCHES, description = "Benches by name; all unless told otherwise.")
    private String select;

    @Override
    public Integer call() throws RunnerException, IOException, InterruptedException {
        if (gate.gate || gate.against != null) {
            return new GateRun(spec, gate, fork, lock).run(select.equals(BENCHES) ? ".*" : select, report);
        }
        Arguments.require(spec, gate.history == null, "--history is of --gate");
        ChainedOptionsBuilder options = new OptionsBuilder()
            .include(select)
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class)
            .jvmArgs("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseZGC",
                "-Dmcm.home=" + System.getProperty("mcm.home", "."));
        if (report != null) {
            options.resultFormat(ResultFormatType.JSON).result(reportFile().toString());
        }
        try (MachineLock _ = MachineLock.take(lock)) {
            if (new Runner(options.build()).run().isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--select=" + select + " matches no bench");
            }
        }
        return ExitCode.GOOD;
    }

    private Path reportFile() {
        try {
            return Files.createDirectories(report).resolve(REPORT_NAME);
        } catch (IOException e) {
            throw new EnvironmentException("cannot make the folder --report=" + report + ": " + FileTrouble.reason(e), e);
        }
    }
}
