package io.mcm.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.Checkout;
import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.RunResult;
import io.mcm.conformance.run.Runner;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.Catalogue;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.DeliveryCases;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.target.Target;
import io.mcm.control.DeliveryUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A suite is worth what it finds: each of these faults is found by the case that is there for it, and none is found where none is. */
class MutantsTest {

    private static final int MILLION = 1_000_000;

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void everyMutantIsCaughtByEachCaseThatIsThereForIt(Mutant mutant) throws IOException {
        assertThat(verdicts(mutant, cases(mutant.caughtBy()))).isNotEmpty().allSatisfy((_, verdict) ->
            assertThat(verdict).isEqualTo(Verdict.FAIL));
    }

    @ParameterizedTest
    @EnumSource(value = DeliveryUnit.class, names = {"NALU", "ACCESS_UNIT"})
    void theSameCasesPassWhereNothingIsWrong(DeliveryUnit unit) throws IOException {
        TreeSet<String> ids = mutants().stream().flatMap(mutant -> mutant.caughtBy().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(verdicts(Mutant.SOUND.delivering(unit), cases(ids))).allSatisfy((_, verdict) -> assertThat(verdict).isEqualTo(Verdict.PASS));
    }

    @Test
    void oneUnitLostInAMillionIsSeen() throws IOException {
        Mutant mutant = Mutant.of("loses-one-unit-in-a-million").ring(() -> RingFaults.losesOneIn(MILLION));
        assertThat(verdicts(mutant, List.of(DeliveryCases.manyUnits(MILLION)))).containsValue(Verdict.FAIL);
    }

    @Test
    void theTableInTheReadmeNamesEveryMutantAndWhatCatchesIt() throws IOException {
        List<String> readme = Files.readAllLines(Checkout.ROOT.resolve("conformance-tests/README.md"));
        assertThat(readme).containsAll(mutants().stream().map(MutantsTest::row).toList());
    }

    private static String row(Mutant mutant) {
        String cases = mutant.caughtBy().stream().map(id -> "`" + id + "`").collect(Collectors.joining(", "));
        return "| " + mutant.name().replace('-', ' ') + " | " + (mutant.upstream() == 0 ? "" : mutant.upstream()) + " | " + cases + " |";
    }

    private static Map<String, Verdict> verdicts(Mutant mutant, List<ConformanceCase> cases) throws IOException {
        // Each has a seed and so UDP ports of its own.
        try (Target target = new MutantTarget(mutant)) {
            RunResult result = new Runner(target, Profile.STRICT, mutant.name().hashCode(), Map.of(), _ -> {}).run(cases);
            return result.outcomes().stream().collect(Collectors.toMap(outcome -> outcome.tried().id(), Outcome::verdict));
        }
    }

    private static List<ConformanceCase> cases(Collection<String> ids) {
        Map<String, ConformanceCase> all = Catalogue.all().stream().collect(Collectors.toMap(ConformanceCase::id, each -> each));
        assertThat(all.keySet()).containsAll(ids);
        return ids.stream().map(all::get).toList();
    }
}
