package io.mcm.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalClockTest {

    private static final long REAL = 1_700_000_000_000_000_000L;
    private static final long NOW = 5_000_000;

    private final ArrivalClock clock = new ArrivalClock();

    @ParameterizedTest
    @CsvSource({
        "0,          5000000, just now",
        "-1000,      4999000, a microsecond ago",
        "-4000000,   1000000, exactly at the last one",
        "-9000000,   1000000, before the last one: the real clock was set",
        "1,          5000000, in the future: the real clock was set",
        "3600000000, 5000000, an hour in the future"})
    void anArrivalIsNeitherInTheFutureNorBeforeTheLast(long stampedFromNow, long told, String what) {
        clock.begin(REAL, NOW, 1_000_000);
        assertThat(clock.arrival(REAL + stampedFromNow)).as(what).isEqualTo(told);
    }

    @Test
    void whatHasNoStampArrivedNow() {
        clock.begin(REAL, NOW, 0);
        assertThat(clock.arrival(0)).isEqualTo(NOW);
    }

    @Test
    void arrivalsOfABatchNeverGoBack() {
        clock.begin(REAL, NOW, 0);
        assertThat(clock.arrival(REAL - 100)).isEqualTo(NOW - 100);
        assertThat(clock.arrival(REAL - 200)).isEqualTo(NOW - 100);
        assertThat(clock.arrival(REAL - 50)).isEqualTo(NOW - 50);
    }

    @Test
    void whateverTheRealClockDoesOrderAndNowAreKept() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long now = NOW;
        long last = 0;
        for (int batch = 0; batch < 5_000; batch++) {
            now += random.nextInt(1_000_000);
            clock.begin(REAL + random.nextLong() / 4, now, last);
            for (int i = 0; i < 4; i++) {
                long arrival = clock.arrival(REAL + random.nextLong() / 4);
                assertThat(arrival).as("seed %d", seed).isBetween(last, now);
                last = arrival;
            }
        }
    }
}
