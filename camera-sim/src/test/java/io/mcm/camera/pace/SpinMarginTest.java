package io.mcm.camera.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinMarginTest {

    private static final long SEED = 7;
    private static final int PARKS = 20_000;

    private final SpinMargin margin = new SpinMargin();

    @ParameterizedTest
    @ValueSource(longs = {5_000, 30_000, 60_000, 150_000})
    void itSettlesWhereOneWakingInAHundredIsLater(long median) {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] late = random.longs(PARKS, median / 2, 3 * median / 2).toArray();
        Arrays.stream(late).forEach(margin::woke);
        long inTime = random.longs(PARKS, median / 2, 3 * median / 2).filter(nanos -> nanos <= margin.nanos()).count();
        assertThat(inTime / (double) PARKS).as("seed %d, margin %d", SEED, margin.nanos()).isGreaterThan(0.9);
        assertThat(margin.nanos()).isLessThan(2 * median + 6_000);
    }

    @Test
    void aThreadThatWakesAtOnceIsLeftToSleepLongest() {
        for (int i = 0; i < PARKS; i++) {
            margin.woke(0);
        }
        assertThat(margin.nanos()).isEqualTo(SpinMargin.MIN_NANOS);
    }

    @Test
    void aBusyMachineDoesNotMakeItSpinForEver() {
        for (int i = 0; i < PARKS; i++) {
            margin.woke(10_000_000);
        }
        assertThat(margin.nanos()).isEqualTo(SpinMargin.MAX_NANOS);
    }
}
