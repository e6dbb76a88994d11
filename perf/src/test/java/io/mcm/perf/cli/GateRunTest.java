package io.mcm.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.ExitCode;
import io.mcm.cli.Mcm;
import io.mcm.perf.gate.Fork;
import io.mcm.perf.gate.InstructionCount;
import io.mcm.perf.gate.MachineLock;
import io.mcm.perf.gate.Measured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a shell is told by {@code mcm perf --gate}, with figures that nobody measured: the bench takes {@code ratio} times its baseline. */
class GateRunTest {

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @TempDir
    private Path folder;
    private Path thresholds;

    @BeforeEach
    void oneThreshold() throws IOException {
        thresholds = Files.writeString(folder.resolve("thresholds.yaml"), "depacketize/fu-a: {ratio: 2, allocation: 0.1, reason: r}");
    }

    private int gate(Fork fork, String... more) {
        CommandLine mcm = Mcm.commandLine();
        mcm.setOut(new PrintWriter(output, true));
        mcm.setErr(new PrintWriter(errors, true));
        CommandLine perf = mcm.getSubcommands().get("perf");
        PerfCommand command = perf.getCommand();
        command.fork = fork;
        command.lock = folder.resolve("lock");
        String[] args = {"perf", "--gate", "--thresholds", thresholds.toString(), "--rounds", "3"};
        return mcm.execute(java.util.stream.Stream.of(args, more).flatMap(java.util.Arrays::stream).toArray(String[]::new));
    }

    /** Each round takes the next of the ratios. */
    private static Fork ratios(double... ratios) {
        int[] round = {0};
        return (_, bench, method) -> new Measured(method.equals(bench.baseline()) ? 10 : 10 * ratios[round[0]++ % ratios.length], 0);
    }

    @Test
    void aPassIsZeroABreachOneAndADoubtFour() {
        assertThat(gate(ratios(1.5))).as(errors::toString).isEqualTo(ExitCode.GOOD);
        assertThat(gate(ratios(2.5))).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(gate(ratios(1.5, 2.5))).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void aBreachOfWhatOnlyWarnsIsZero() throws IOException {
        Files.writeString(thresholds, "depacketize/fu-a: {ratio: 2, level: warn, reason: r}");
        assertThat(gate(ratios(2.5))).isEqualTo(ExitCode.GOOD);
        assertThat(gate(ratios(1.5, 2.5))).as("or may be").isEqualTo(ExitCode.GOOD);
        assertThat(output.toString()).contains("WARN").endsWith("WARN\n");
    }

    @Test
    void whereNothingRanItIsNoPass() {
        assertThat(gate(ratios(1), "--select", "depacketize/fu-z.*")).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).startsWith("mcm perf: --select depacketize/fu-z.* matches no threshold of ").endsWith(": nothing ran\n");
    }

    /** Many virtual machines hide the counter: that is told, and is neither a pass nor a breach. */
    @Test
    void instructionsThatNobodyCountsAreToldAndNotHeldToTheirThreshold() throws IOException {
        Files.writeString(thresholds, "depacketize/fu-a: {ratio: 2, instructions: 100, reason: r}");
        Fork counting = (_, _, _) -> new Measured(10, 0, OptionalDouble.of(200));
        if (InstructionCount.isAvailable()) {
            assertThat(gate(counting)).isEqualTo(ExitCode.CHECK_FAILED);
        } else {
            assertThat(gate(counting)).isEqualTo(ExitCode.GOOD);
            assertThat(output.toString()).contains("NOT MEASURED  depacketize/fu-a instructions");
            assertThat(gate(counting, "--select", ".*instructions")).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(errors.toString()).contains("this machine can measure none: nothing ran");
        }
    }

    @Test
    void thresholdsThatAreNotThereAreNamedInOneLine() throws IOException {
        Files.delete(thresholds);
        assertThat(gate(ratios(1))).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).startsWith("mcm perf: thresholds " + thresholds + ": ").hasLineCount(1);
    }

    @Test
    void aJvmThatDoesNotRunIsNoBreach() {
        Fork broken = (_, _, _) -> {
            throw new IllegalStateException("no JVM");
        };
        assertThat(gate(broken)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).isEqualTo("mcm perf: no JVM\n");
    }

    @Test
    void asTheSecondOnThisMachineItIsRefused() throws IOException {
        try (MachineLock _ = MachineLock.take(folder.resolve("lock"))) {
            assertThat(gate(ratios(1.5))).isEqualTo(ExitCode.ENVIRONMENT);
        }
        assertThat(errors.toString()).startsWith("mcm perf: another mcm perf measures on this machine").hasLineCount(1);
        assertThat(gate(ratios(1.5))).isEqualTo(ExitCode.GOOD);
    }

    @Test
    void ofWhatRunsEndToEndThereIsNoAllocation() throws IOException {
        Files.writeString(thresholds, "latency/720p30-p50: {allocation: 1, reason: r}");
        assertThat(gate(ratios(1))).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("latency/720p30-p50: of what runs end to end only ratio is measured");
    }

    @ParameterizedTest
    @CsvSource({"--rounds, 2, 'allowed are 3 and more'", "--tolerance, 0.9, 'allowed are numbers above 1'", "--select, '(', no regular expression"})
    void anArgumentThatMakesNoSenseIsTwo(String option, String value, String message) {
        CommandLine mcm = Mcm.commandLine();
        mcm.setErr(new PrintWriter(errors, true));
        assertThat(mcm.execute("perf", "--gate", option, value)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains(option + " " + value, message);
    }

    @ParameterizedTest
    @CsvSource({"--gate --against x --history h", "--history h"})
    void aHistoryIsOfTheGateAlone(String args) {
        CommandLine mcm = Mcm.commandLine();
        mcm.setErr(new PrintWriter(errors, true));
        assertThat(mcm.execute(("perf " + args).split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--history is of --gate");
    }

    @Test
    void aBreachHasItsReportTooAndTheCommandThatPlaysItAgain() throws IOException {
        Path report = folder.resolve("the report");
        Path history = folder.resolve("history");
        assertThat(gate(ratios(2.5), "--report", report.toString(), "--history", history.toString(), "--select", ".*ratio")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(report.toFile().list()).containsExactlyInAnyOrder("index.html", "plots.png", "summary.md", "result.json", "result.csv");
        assertThat(Files.readString(report.resolve("result.json"))).contains("./mcm perf --gate", "--report '" + report + "'", "--select '.*ratio'");
        assertThat(history.toFile().list()).hasSize(1);
        assertThat(gate(ratios(1.5), "--report", report.toString(), "--history", history.toString(), "--select", ".*ratio")).isEqualTo(ExitCode.GOOD);
        assertThat(Files.readString(report.resolve("index.html"))).contains("2 runs of this processor");
    }
}
