package io.mcm.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofMillis(2000));
    /** The least and the most that a generator may answer. */
    private static final RandomGenerator NOTHING = answering(_ -> 0);
    private static final RandomGenerator EVERYTHING = answering(bound -> bound - 1);

    private static RandomGenerator answering(LongUnaryOperator below) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("without a bound");
            }

            @Override
            public long nextLong(long bound) {
                return below.applyAsLong(bound);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0", "1, 25, 50", "2, 50, 100", "3, 100, 200", "4, 200, 400", "5, 400, 800", "6, 800, 1600", "7, 1000, 2000", "8, 1000, 2000",
        "62, 1000, 2000", "63, 1000, 2000", "64, 1000, 2000", "65, 1000, 2000", "2147483647, 1000, 2000"})
    void theFirstAttemptIsMadeAtOnceAndTheWaitDoublesUpToTheLongest(int attempt, long leastMillis, long mostMillis) {
        assertThat(BACKOFF.delayNanos(attempt, EVERYTHING)).isEqualTo(leastMillis * 1_000_000);
        assertThat(BACKOFF.delayNanos(attempt, NOTHING)).isEqualTo(mostMillis * 1_000_000);
    }

    @Property
    void everyWaitIsPositiveAndAtMostTheLongest(
        @ForAll @LongRange(min = 1) long first, @ForAll @LongRange(min = 1) long longest,
        @ForAll @IntRange(min = 1) int attempt, @ForAll long seed) {
        Backoff backoff = new Backoff(Duration.ofNanos(Math.min(first, longest)), Duration.ofNanos(Math.max(first, longest)));
        assertThat(backoff.delayNanos(attempt, new Random(seed))).isPositive().isLessThanOrEqualTo(Math.max(first, longest));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
    void durationsThatAreNoneAreRefusedWithTheirValues(Duration first, Duration longest) {
        assertThatThrownBy(() -> new Backoff(first, longest)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(first + " to " + longest);
    }
}
