package io.mcm.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.ExitCode;
import io.mcm.cli.Mcm;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PerfCommandTest {

    private final StringWriter errors = new StringWriter();

    @Test
    void gateSaysThatItIsNotBuiltYet() {
        assertThat(run("perf", "--gate")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).startsWith("mcm perf: --gate is not built yet");
    }

    private int run(String... args) {
        CommandLine mcm = Mcm.commandLine();
        mcm.setErr(new PrintWriter(errors, true));
        return mcm.execute(args);
    }
}
