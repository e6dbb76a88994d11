package io.mcm.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.RunResult;
import io.mcm.conformance.run.Runner;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.Catalogue;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.target.Target;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A suite is worth what it finds: each of these faults is found by the case that is there for it, and none is found where none is. */
class MutantsTest {

    private static final long SEED = 7;

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void everyMutantIsCaughtByEachCaseThatIsThereForIt(Mutant mutant) throws IOException {
        assertThat(verdicts(mutant, mutant.caughtBy())).as(mutant.name()).isNotEmpty().allSatisfy((_, verdict) ->
            assertThat(verdict).isEqualTo(Verdict.FAIL));
    }

    @Test
    void theSameCasesPassWhereNothingIsWrong() throws IOException {
        TreeSet<String> ids = mutants().stream().flatMap(mutant -> mutant.caughtBy().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(verdicts(Mutant.SOUND, ids)).allSatisfy((_, verdict) -> assertThat(verdict).isEqualTo(Verdict.PASS));
    }

    private static Map<String, Verdict> verdicts(Mutant mutant, Collection<String> ids) throws IOException {
        try (Target target = new MutantTarget(mutant)) {
            RunResult result = new Runner(target, Profile.STRICT, SEED, Map.of(), _ -> {}).run(cases(ids));
            return result.outcomes().stream().collect(Collectors.toMap(outcome -> outcome.tried().id(), Outcome::verdict));
        }
    }

    private static List<ConformanceCase> cases(Collection<String> ids) {
        Map<String, ConformanceCase> all = Catalogue.all().stream().collect(Collectors.toMap(ConformanceCase::id, each -> each));
        assertThat(all.keySet()).containsAll(ids);
        return ids.stream().map(all::get).toList();
    }
}
