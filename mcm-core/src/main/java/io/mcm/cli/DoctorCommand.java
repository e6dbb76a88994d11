package io.mcm.cli;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code mcm doctor}: what this machine has, and the command that mends what it has not. */
@Command(
    name = "doctor",
    description = "Says what is installed and what is missing, with the command that mends it. Exit code 3 when the defaults cannot run.",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements McmCommand {

    @Override
    public Integer call() {
        List<Finding> findings = new Diagnosis(Machine.local()).findings();
        findings.forEach(finding -> System.out.println(finding.line()));
        return exitCode(findings);
    }

    static int exitCode(List<Finding> findings) {
        boolean runs = findings.stream().noneMatch(finding -> finding.state() == Finding.State.MISSING);
        return runs ? ExitCode.GOOD : ExitCode.ENVIRONMENT;
    }
}
