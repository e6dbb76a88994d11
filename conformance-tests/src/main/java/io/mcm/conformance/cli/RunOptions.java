package io.mcm.conformance.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.EnvironmentException;
import io.mcm.conformance.run.ExpectedFailures;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often cases are played, what is known of the target, and where the report goes. */
final class RunOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "Plays everything so often (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the content and of what is chance (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--expected", paramLabel = "FILE",
        description = "Failures that are known: a case's id and the reason in each line. They do not count, but passing then does.")
    private Path expected;

    @Option(names = "--report", paramLabel = "DIR",
        description = "Where junit.xml, result.json and index.html go; results of other targets there become columns of the page.")
    private Path report;

    void check() {
        Arguments.require(spec, repeat >= 1, "--repeat " + repeat + ", allowed are 1 and more");
    }

    int repeat() {
        return repeat;
    }

    long seed() {
        return seed;
    }

    /** Null where none is wanted. */
    Path report() {
        return report;
    }

    /** @param known ids of all cases */
    Map<String, String> expectedFailures(Set<String> known) {
        if (expected == null) {
            return Map.of();
        }
        try {
            List<String> lines = Files.readAllLines(expected);
            return ExpectedFailures.parse(expected.toString(), lines, known);
        } catch (IOException e) {
            throw new EnvironmentException("--expected " + expected + ": " + FileTrouble.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--expected: " + e.getMessage(), e);
        }
    }
}
