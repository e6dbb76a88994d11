package io.mcm.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.Checkout;
import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.Runner;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.FaultyReceiver;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.suite.ReceiverFault;
import io.mcm.conformance.target.OwnProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases for SDKs find what is wrong with a receiver, and nothing where nothing is. */
class SdkMutantsTest {

    @ParameterizedTest
    @EnumSource(value = ReceiverFault.class, names = "SOUND", mode = EnumSource.Mode.EXCLUDE)
    void everyMutantIsCaughtByEachCaseThatIsThereForIt(ReceiverFault fault) throws IOException {
        assertThat(verdicts(fault, fault.caughtBy())).isNotEmpty().allSatisfy((id, verdict) ->
            assertThat(verdict).as(id).isEqualTo(Verdict.FAIL));
    }

    @Test
    void theSameCasesPassWhereNothingIsWrong() throws IOException {
        TreeSet<String> ids = Stream.of(ReceiverFault.values()).flatMap(fault -> fault.caughtBy().stream())
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(verdicts(ReceiverFault.SOUND, ids)).allSatisfy((id, verdict) -> assertThat(verdict).as(id).isEqualTo(Verdict.PASS));
    }

    @Test
    void theTableInTheReadmeNamesEveryMutantAndWhatCatchesIt() throws IOException {
        List<String> readme = Files.readAllLines(Checkout.ROOT.resolve("conformance-tests/README.md"));
        assertThat(readme).containsAll(Stream.of(ReceiverFault.values()).filter(fault -> fault != ReceiverFault.SOUND)
            .map(SdkMutantsTest::row).toList());
    }

    private static String row(ReceiverFault fault) {
        return "| " + fault.words() + " | " + fault.caughtBy().stream().map(id -> "`" + id + "`").collect(Collectors.joining(", ")) + " |";
    }

    private static Map<String, Verdict> verdicts(ReceiverFault fault, Collection<String> ids) throws IOException {
        SdkCommand command = command(fault);
        List<ConformanceCase> cases = SdkCatalogue.of(command).stream().filter(each -> ids.contains(each.id())).toList();
        assertThat(cases).hasSameSizeAs(ids);
        try (SdkTarget target = new SdkTarget(command)) {
            return new Runner(target, Profile.STRICT, fault.name().hashCode(), Map.of(), _ -> {}).run(cases).outcomes().stream()
                .collect(Collectors.toMap(outcome -> outcome.tried().id(), Outcome::verdict));
        }
    }

    private static SdkCommand command(ReceiverFault fault) {
        List<String> words = new ArrayList<>(OwnProcess.mcm());
        words.set(words.size() - 1, FaultyReceiver.class.getName());
        words.addAll(List.of(fault.name(), "%UDP%", "%OUT%"));
        return new SdkCommand(fault.words(), words);
    }
}
