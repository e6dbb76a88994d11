package io.mcm.conformance.run;

import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.suite.TargetFacts;
import java.time.Instant;
import java.util.List;

/** All cases that were played against one target. */
public record RunResult(String target, TargetFacts facts, Profile profile, Instant began, long seed, List<Outcome> outcomes) {

    public RunResult {
        outcomes = List.copyOf(outcomes);
    }

    public long count(Verdict verdict) {
        return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
    }

    /** Whether anything was judged at all: a run in which nothing could be tested has proved nothing. */
    public boolean judged() {
        return outcomes.stream().anyMatch(outcome -> outcome.verdict() != Verdict.COULD_NOT_TEST);
    }

    public boolean isGood() {
        return judged() && outcomes.stream().noneMatch(outcome -> outcome.verdict().isBad());
    }
}
