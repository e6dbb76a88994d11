package io.mcm.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.ExitCode;
import io.mcm.cli.Mcm;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PerfCommandTest {

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @Test
    void aGateWithoutItsThresholdsSaysWhichFileIsMissing() {
        assertThat(run("perf", "--gate", "--thresholds", "none.yaml")).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("thresholds none.yaml: ");
    }

    @Test
    void aSiteOfTwoCamerasHasARow() {
        assertThat(run("perf", "site", "--cameras", "2", "--seconds", "1", "--first-port", "21000")).as(errors::toString).isEqualTo(ExitCode.GOOD);
        assertThat(output.toString().lines().toList()).last().asString().startsWith("| 2 | 180 | 0 | ");
    }

    @ParameterizedTest
    @CsvSource({"--cameras, 0, 'allowed are 1 to 10000'", "--seconds, 0, 'allowed are 1 and more'", "--workers, 0, 'allowed are 1 and more'",
        "--first-port, 65000, 'allowed are 1 to 55535'"})
    void aSiteThatCannotBeIsRefused(String option, String value, String allowed) {
        assertThat(run("perf", "site", option, value)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).startsWith("mcm perf site: " + option + " " + value + ", " + allowed);
    }

    @ParameterizedTest
    @CsvSource({"--rates, 0, 'allowed are numbers above 0'", "--sessions, 1001, 'allowed are 1 to 1000'", "--packets, 1, 'allowed are 2 to 180'",
        "--seconds, 0, 'allowed are numbers above 0'", "--workers, 0, 'allowed are 1 and more'", "--first-port, 65000, 'allowed are 1 to 64535'"})
    void aLatencyThatCannotBeMeasuredIsRefused(String option, String value, String allowed) {
        assertThat(run("perf", "latency", option, value)).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("mcm perf latency: " + option, allowed);
    }

    private int run(String... args) {
        CommandLine mcm = Mcm.commandLine();
        mcm.setOut(new PrintWriter(output, true));
        mcm.setErr(new PrintWriter(errors, true));
        return mcm.execute(args);
    }
}
