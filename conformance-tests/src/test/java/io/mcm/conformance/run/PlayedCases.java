package io.mcm.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Cases as tests. */
public final class PlayedCases {

    private PlayedCases() {}

    /** Plays them at once, closes the target, and tells of each as of a test. */
    public static Stream<DynamicTest> of(Target target, List<ConformanceCase> cases) throws IOException {
        try (target) {
            RunResult result = new Runner(target, Profile.STRICT, 1, Map.of(), _ -> {}).run(cases);
            assertThat(result.judged()).as("%s: %s", target.name(), result.facts().describe()).isTrue();
            return result.outcomes().stream().map(PlayedCases::test);
        }
    }

    private static DynamicTest test(Outcome outcome) {
        return dynamicTest(outcome.tried().id(), () -> {
            if (outcome.verdict() == Verdict.COULD_NOT_TEST) {
                abort(outcome.actual());
            }
            assertThat(outcome.verdict()).as("%s sends %s; expected %s, got %s", outcome.tried().id(), outcome.tried().sends(),
                outcome.expected(), outcome.actual()).isEqualTo(Verdict.PASS);
        });
    }
}
