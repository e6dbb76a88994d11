package io.mcm.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {

    private static List<Double> noise(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, length).mapToObj(_ -> 2 + 0.05 * random.nextGaussian()).toList();
    }

    private static List<Double> stepped(long seed, int length, double factor, int... at) {
        List<Double> noise = noise(seed, length);
        return IntStream.range(0, length).mapToObj(i -> noise.get(i) * Math.pow(factor, IntStream.of(at).filter(first -> first <= i).count())).toList();
    }

    @Test
    void aStepOfATenthIsFoundWhereItIs() {
        assertThat(ChangePoints.of(stepped(1, 20, 1.1, 12))).hasSize(1).first().satisfies(first -> assertThat(first).isBetween(11, 13));
    }

    @Test
    void twoStepsAreTwoChanges() {
        assertThat(ChangePoints.of(stepped(1, 40, 1.2, 14, 27))).containsExactly(14, 27);
    }

    @Test
    void noiseAloneHasAChangeInFewOfAHundredSeries() {
        long found = IntStream.range(0, 100).filter(seed -> !ChangePoints.of(noise(seed, 20)).isEmpty()).count();
        assertThat(found).isLessThanOrEqualTo(4);
    }

    @Test
    void oneRunOnABadDayIsNoChange() {
        List<Double> series = new java.util.ArrayList<>(noise(1, 20));
        series.set(9, 50.0);
        assertThat(ChangePoints.of(series)).isEmpty();
    }

    @Test
    void fewRunsAndEqualRunsHaveNone() {
        assertThat(ChangePoints.of(List.of())).isEmpty();
        assertThat(ChangePoints.of(List.of(1.0, 1.0, 1.0, 9.0, 9.0, 9.0))).isEmpty();
        assertThat(ChangePoints.of(IntStream.range(0, 20).mapToObj(_ -> 0.0).toList())).isEmpty();
    }

    @Test
    void aTrendTellsByWhatFactorAndFromWhichRun() {
        Trend trend = Trend.of("a", Runs.history("a", 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3));
        assertThat(trend.changes()).singleElement().satisfies(change -> {
            assertThat(change.first()).isEqualTo(8);
            assertThat(change.factor()).isCloseTo(1.5, within(0.05));
        });
    }
}
