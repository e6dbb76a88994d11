package io.mcm.perf.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.perf.gate.Bench;
import io.mcm.perf.gate.Build;
import io.mcm.perf.gate.Duel;
import io.mcm.perf.gate.Environment;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Gate;
import io.mcm.perf.gate.JmhFork;
import io.mcm.perf.gate.Judgement;
import io.mcm.perf.gate.OtherBuild;
import io.mcm.perf.gate.Threshold;
import io.mcm.perf.gate.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Plays {@code --gate} and {@code --against} and tells what was found. */
final class GateRun {

    private final CommandSpec spec;
    private final GateOptions options;
    private final PrintWriter out;
    private final JmhFork fork = new JmhFork();

    GateRun(CommandSpec spec, GateOptions options) {
        this.spec = spec;
        this.options = options;
        out = spec.commandLine().getOut();
    }

    /** @return the exit code */
    int run(String select) throws IOException, InterruptedException {
        Arguments.require(spec, options.rounds >= 3, "--rounds " + options.rounds + ", allowed are 3 and more");
        Arguments.require(spec, options.tolerance > 1, "--tolerance " + options.tolerance + ", allowed are numbers above 1");
        out.println(Environment.now().describe());
        List<Finding> findings = options.against == null ? gate(select) : duel(select);
        Judgement worst = findings.stream().map(Finding::judgement).reduce(Judgement.PASS, Judgement::and);
        out.printf("%n%s%n", worst);
        return switch (worst) {
            case PASS, WARN -> ExitCode.GOOD;
            case FAIL -> ExitCode.CHECK_FAILED;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }

    private List<Finding> gate(String select) {
        Path file = options.thresholds == null ? home().resolve("perf").resolve("thresholds.yaml") : options.thresholds;
        List<Threshold> thresholds = Thresholds.read(file).stream().filter(threshold -> threshold.name().matches(select)).toList();
        Arguments.require(spec, !thresholds.isEmpty(), "--select " + select + " matches no threshold of " + file);
        return new Gate(fork, options.rounds, 2 * options.rounds, this::tell).hold(Build.ours(), thresholds);
    }

    private List<Finding> duel(String select) throws IOException, InterruptedException {
        List<Bench> benches = Bench.all().stream().filter(bench -> bench.name().matches(select)).toList();
        Arguments.require(spec, !benches.isEmpty(), "--select " + select + " matches no bench");
        try (OtherBuild other = OtherBuild.of(home(), options.against)) {
            return new Duel(fork, options.rounds, options.tolerance, this::tell).fight(other.build(), Build.ours(), benches);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("mcm.home", "."));
    }

    private void tell(Finding finding) {
        out.printf("%-13s %-32s %s, at most %s; %d rounds%s%n", finding.judgement(), finding.name(), finding.figure(), finding.atMost(),
            finding.rounds(), finding.judgement() == Judgement.PASS ? "" : ": " + finding.reason());
        out.flush();
    }
}
