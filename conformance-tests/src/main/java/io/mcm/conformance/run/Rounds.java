package io.mcm.conformance.run;

import java.util.ArrayList;
import java.util.List;

/** Several rounds of the same cases as one run: a case that went wrong once has gone wrong. */
public final class Rounds {

    private Rounds() {}

    /** @param rounds at least one, each with the same cases in the same order */
    public static RunResult together(List<RunResult> rounds) {
        RunResult first = rounds.getFirst();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < first.outcomes().size(); i++) {
            int place = i;
            outcomes.add(worst(rounds.stream().map(round -> round.outcomes().get(place)).toList()));
        }
        return new RunResult(first.target(), first.facts(), first.profile(), first.began(), first.seed(), outcomes);
    }

    private static Outcome worst(List<Outcome> outcomes) {
        List<Outcome> bad = outcomes.stream().filter(outcome -> outcome.verdict().isBad()).toList();
        if (bad.isEmpty()) {
            return outcomes.stream().filter(outcome -> outcome.verdict() != Verdict.PASS).findFirst().orElse(outcomes.getFirst());
        }
        Outcome first = bad.getFirst();
        String often = outcomes.size() == 1 ? "" : " (in %d of %d rounds, first with seed %d)".formatted(bad.size(), outcomes.size(), first.seed());
        return new Outcome(first.tried(), first.verdict(), first.expected(), first.actual() + often, first.nanos(), first.seed(), first.evidence());
    }
}
