package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.perf.calibration.Calibration;
import io.mcm.perf.calibration.CalibrationFigure;
import io.mcm.perf.endtoend.EndToEndFork;
import io.mcm.perf.gate.Bench;
import io.mcm.perf.gate.Build;
import io.mcm.perf.gate.Duel;
import io.mcm.perf.gate.Environment;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Fork;
import io.mcm.perf.gate.Gate;
import io.mcm.perf.gate.Judgement;
import io.mcm.perf.gate.MachineLock;
import io.mcm.perf.gate.OtherBuild;
import io.mcm.perf.gate.Threshold;
import io.mcm.perf.gate.Thresholds;
import io.mcm.perf.report.History;
import io.mcm.perf.report.Report;
import io.mcm.perf.report.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Plays {@code --gate} and {@code --against} and tells what was found. */
final class GateRun {

    private final CommandSpec spec;
    private final GateOptions options;
    private final PrintWriter out;
    private final EndToEndFork fork;
    private final Path lock;

    /** What takes minutes, once all arguments are known to be good. */
    private interface Measurement {
        List<Finding> take() throws IOException;
    }

    GateRun(CommandSpec spec, GateOptions options, Fork fork, Path lock) {
        this.spec = spec;
        this.fork = new EndToEndFork(fork);
        this.options = options;
        this.lock = lock;
        out = spec.commandLine().getOut();
    }

    /**
     * @param folder of the report, or null for none
     * @return the exit code
     */
    int run(String select, Path folder) throws IOException, InterruptedException {
        Arguments.require(spec, options.rounds >= 3, "--rounds " + options.rounds + ", allowed are 3 and more");
        Arguments.require(spec, options.tolerance > 1, "--tolerance " + options.tolerance + ", allowed are numbers above 1");
        Arguments.require(spec, options.history == null || options.against == null, "--history is of --gate: ratios to another build have no trend");
        requireExpression(select);
        Report report = folder == null ? null : new Report(folder);
        Measurement measurement = options.against == null ? gate(select) : duel(select);
        Run run = measure(measurement, report);
        keep(run, report);
        out.printf("%n%s%n", run.worst());
        return switch (run.worst()) {
            case PASS, WARN -> ExitCode.GOOD;
            case FAIL -> ExitCode.CHECK_FAILED;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }

    private Run measure(Measurement measurement, Report report) throws IOException, InterruptedException {
        try (MachineLock _ = MachineLock.take(lock)) {
            Environment before = Environment.now();
            out.println(before.describe());
            List<CalibrationFigure> calibration = calibration(report);
            List<Finding> findings = measurement.take();
            return Run.of(home(), command(), new Run.Ended(before, Environment.now(), calibration, findings, fork.measured()));
        }
    }

    /** Only for those who keep it: it takes two seconds. */
    private List<CalibrationFigure> calibration(Report report) throws InterruptedException {
        if (report == null && options.history == null) {
            return List.of();
        }
        Calibration calibration = Calibration.measure();
        out.println(calibration.describe());
        return calibration.figures();
    }

    private void requireExpression(String select) {
        try {
            Pattern.compile(select);
        } catch (PatternSyntaxException e) {
            Arguments.require(spec, false, "--select " + select + " is no regular expression: " + e.getDescription());
        }
    }

    private Measurement gate(String select) {
        Path file = options.thresholds == null ? home().resolve("perf").resolve("thresholds.yaml") : options.thresholds;
        List<Threshold> thresholds = Thresholds.read(file).stream().filter(threshold -> threshold.name().matches(select)).toList();
        requireSome(thresholds, "--select " + select + " matches no threshold of " + file);
        thresholds.stream().filter(threshold -> !threshold.isMeasurable()).forEach(this::tellNotMeasured);
        List<Threshold> measurable = thresholds.stream().filter(Threshold::isMeasurable).toList();
        requireSome(measurable, "of what --select " + select + " matches this machine can measure none");
        return () -> new Gate(fork, options.rounds, 2 * options.rounds, this::tell).hold(Build.ours(), measurable);
    }

    private Measurement duel(String select) {
        List<Bench> benches = Bench.all().stream().filter(bench -> bench.name().matches(select)).toList();
        requireSome(benches, "--select " + select + " matches no bench");
        return () -> {
            try (OtherBuild other = OtherBuild.of(home(), options.against)) {
                return new Duel(fork, options.rounds, options.tolerance, this::tell).fight(other.build(), Build.ours(), benches);
            }
        };
    }

    /** Nothing that ran is not a pass, also where the file has changed since a script was written. */
    private static void requireSome(List<?> selected, String message) {
        if (selected.isEmpty()) {
            throw new EnvironmentException(message + ": nothing ran");
        }
    }

    private void keep(Run run, Report report) {
        History history = options.history == null ? History.of(run) : History.append(options.history, run);
        if (report != null) {
            report.write(run, history);
            out.printf("%nreport: %s%n", report.page());
        }
    }

    private String command() {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return "./mcm " + arguments.stream().map(Arguments::quoted).collect(Collectors.joining(" "));
    }

    private static Path home() {
        return Path.of(System.getProperty("mcm.home", "."));
    }

    private void tellNotMeasured(Threshold threshold) {
        out.printf("%-13s %-32s this machine does not count instructions: perf stat -e instructions:u true%n", "NOT MEASURED", threshold.name());
    }

    private void tell(Finding finding) {
        out.printf("%-13s %-32s %s, at most %s; %d rounds%s%n", finding.judgement(), finding.name(), finding.figure(), finding.atMost(),
            finding.rounds(), finding.judgement() == Judgement.PASS ? "" : ": " + finding.reason());
        out.flush();
    }
}
