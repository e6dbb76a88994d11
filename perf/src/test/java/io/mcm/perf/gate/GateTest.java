package io.mcm.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.cli.EnvironmentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    private static final String BENCH = "depacketize/fu-a";

    private static Finding hold(Fork fork, String threshold) {
        return new Gate(fork, 5, 10, _ -> {}).hold(new Build("fresh", ""), Thresholds.parse("test", threshold)).getFirst();
    }

    /** The bench takes twice as long as its baseline. */
    @Test
    void aRatioUnderItsThresholdPassesAndOneAboveFailsOrWarns() {
        assertThat(hold(new NoisyFork(1, 1), BENCH + ": {ratio: 3, reason: r}").judgement()).isEqualTo(Judgement.PASS);
        assertThat(hold(new NoisyFork(1, 1), BENCH + ": {ratio: 1.5, reason: r}").judgement()).isEqualTo(Judgement.FAIL);
        assertThat(hold(new NoisyFork(1, 1), BENCH + ": {ratio: 1.5, reason: r, level: warn}").judgement()).isEqualTo(Judgement.WARN);
    }

    @Test
    void whatIsOnTheThresholdIsMeasuredLongerAndThenInconclusive() {
        Finding finding = hold(new NoisyFork(1, 1), BENCH + ": {ratio: 2, reason: r}");
        assertThat(finding.judgement()).isEqualTo(Judgement.INCONCLUSIVE);
        assertThat(finding.rounds()).isEqualTo(15);
    }

    /** Seen in a whole gate: seven rounds of a memif at 13, eight at 2.7, and nobody knows why. It only warns, and held up all the rest. */
    @Test
    void whatOnlyWarnsIsNeverInconclusive() {
        Finding finding = hold(new NoisyFork(1, 1), BENCH + ": {ratio: 2, reason: r, level: warn}");
        assertThat(finding.judgement()).isEqualTo(Judgement.WARN);
        assertThat(finding.rounds()).isEqualTo(15);
    }

    @Test
    void everyByteAllocatedIsABreachOfNone() {
        Fork wasteful = (_, _, _) -> new Measured(10, 16);
        assertThat(hold(wasteful, BENCH + ": {allocation: 0.1, reason: r}").judgement()).isEqualTo(Judgement.FAIL);
    }

    @Test
    void instructionsAreHeldToTheirThresholdWhereTheyAreCounted() {
        Fork counting = (_, _, _) -> new Measured(10, 0, OptionalDouble.of(120));
        assertThat(hold(counting, BENCH + ": {instructions: 120, reason: r}").judgement()).isEqualTo(Judgement.PASS);
        assertThat(hold(counting, BENCH + ": {instructions: 119, reason: r}").judgement()).isEqualTo(Judgement.FAIL);
    }

    @Test
    void twoThresholdsOfABenchShareItsRounds() {
        NoisyFork fork = new NoisyFork(1, 1);
        new Gate(fork, 5, 10, _ -> {}).hold(new Build("fresh", ""), Thresholds.parse("test", BENCH + ": {ratio: 9, allocation: 1, reason: r}"));
        assertThat(fork.runs).isEqualTo(2 * 5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        x: {ratio: 1, reason: r}                        | there is no such bench
        depacketize/fu-a: {ratio: 1}                    | a reason is missing
        depacketize/fu-a: {reason: r}                   | neither ratio, allocation nor instructions
        depacketize/fu-a: {ratio: -1, reason: r}        | a number of 0 and more
        depacketize/fu-a: {ratio: fast, reason: r}      | a number of 0 and more
        depacketize/fu-a: {ratio: 1, reason: r, most: 2} | most; allowed are
        depacketize/fu-a: {ratio: 1, reason: r, level: x} | level x; allowed are fail and warn
        depacketize/fu-a: [                             | test:
        {}                                              | no threshold
        """)
    void aFileOfThresholdsThatMakesNoSenseIsToldByItsLine(String text, String message) {
        assertThatThrownBy(() -> Thresholds.parse("test", text)).isInstanceOf(EnvironmentException.class).hasMessageContaining(message);
    }

    @Test
    void theThresholdsOfThisProjectAreRead() {
        List<String> benches = new ArrayList<>();
        Thresholds.read(Path.of("thresholds.yaml")).forEach(threshold -> benches.add(threshold.bench()));
        assertThat(benches).contains(BENCH, "depacketize/stap-a", "ring/burst-1500");
    }

    @Test
    void noBenchMayAllocateAndWhatRunsEndToEndHasItsRatio() {
        List<Threshold> thresholds = Thresholds.read(Path.of("thresholds.yaml"));
        assertThat(Bench.all()).isNotEmpty().allSatisfy(bench -> assertThat(thresholds).as(bench.name())
            .anyMatch(threshold -> threshold.bench().equals(bench.name()) && threshold.figure() == Threshold.Figure.ALLOCATION && !threshold.onlyWarns()));
        assertThat(Bench.endToEnd()).isNotEmpty().allSatisfy(bench -> assertThat(thresholds).as(bench.name())
            .anyMatch(threshold -> threshold.bench().equals(bench.name()) && threshold.figure() == Threshold.Figure.RATIO));
    }

    @Test
    void theLevelIsTheRatiosForAnAllocationDoesNotDependOnTheMachine() {
        assertThat(Thresholds.parse("test", BENCH + ": {ratio: 9, allocation: 1, level: warn, reason: r}"))
            .extracting(threshold -> threshold.figure() + " " + threshold.onlyWarns()).containsExactly("RATIO true", "ALLOCATION false");
    }

    @Test
    void theWorstJudgementCountsAndABreachOutweighsADoubt() {
        assertThat(Judgement.PASS.and(Judgement.WARN)).isEqualTo(Judgement.WARN);
        assertThat(Judgement.INCONCLUSIVE.and(Judgement.WARN)).isEqualTo(Judgement.INCONCLUSIVE);
        assertThat(Judgement.INCONCLUSIVE.and(Judgement.FAIL)).isEqualTo(Judgement.FAIL);
    }

    @Test
    void anIntervalHoldsItsMedianAndWidensWithTheSpread() {
        Interval narrow = Interval.of(1, 1.01, 0.99, 1, 1.02);
        Interval wide = Interval.of(1, 2, 0.5, 1, 3);
        assertThat(narrow.low()).isLessThanOrEqualTo(narrow.median()).isGreaterThan(wide.low());
        assertThat(narrow.high()).isGreaterThanOrEqualTo(narrow.median()).isLessThan(wide.high());
        assertThat(Interval.of(7).toString()).isEqualTo("7.00 (7.00 to 7.00)");
    }
}
