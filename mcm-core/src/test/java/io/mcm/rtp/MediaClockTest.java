package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaClockTest {

    private static final int FRAME = 3000;
    private static final long FRAME_NANOS = 33_333_333;

    private final MediaClock clock = new MediaClock();

    @Test
    void followsWrapsWithoutEnd() {
        long extended = clock.extend(0x8000_0000, 0);
        assertThat(extended).isEqualTo(0x8000_0000L);
        for (int hour = 1; hour <= 100; hour++) {
            int ticks = hour * 3600 * 90_000;
            assertThat(clock.extend(0x8000_0000 + ticks, hour * 3_600_000_000_000L)).isEqualTo(0x8000_0000L + hour * 324_000_000L);
        }
        assertThat(clock.jumps()).isZero();
    }

    @Test
    void goesBackForBPicturesOverTheWrapToo() {
        clock.extend(-FRAME, 0);
        assertThat(clock.extend(2 * FRAME, 1)).isEqualTo((1L << 32) + 2 * FRAME);
        assertThat(clock.extend(0, 2)).isEqualTo(1L << 32);
        assertThat(clock.extend(FRAME, 3)).isEqualTo((1L << 32) + FRAME);
    }

    @ParameterizedTest
    @ValueSource(ints = {900_000 + FRAME + 1, -900_000 + FRAME - 1, 1 << 30, Integer.MIN_VALUE})
    void aJumpGoesOnWithTheArrivalTimeAndIsCounted(int jump) {
        clock.extend(1000, 0);
        assertThat(clock.extend(1000 + jump, FRAME_NANOS + 1)).isEqualTo(1000 + FRAME);
        assertThat(clock.extend(1000 + jump + FRAME, 2 * FRAME_NANOS)).isEqualTo(1000 + 2 * FRAME);
        assertThat(clock.jumps()).isEqualTo(1);
    }

    @Test
    void aStepWithinTenSecondsOfTheArrivalTimeIsNoJump() {
        clock.extend(0, 0);
        assertThat(clock.extend(900_000, 0)).isEqualTo(900_000);
        assertThat(clock.jumps()).isZero();
    }

    @Test
    void aJumpInTheSameTickMovesOn() {
        clock.extend(0, 0);
        assertThat(clock.extend(1 << 29, 0)).isEqualTo(1);
    }

    @Test
    void anotherSourceGoesOnWithTheArrivalTimeAndIsNoJump() {
        clock.extend(1000, 0);
        clock.restart();
        assertThat(clock.extend(50_000, 1_000_000_000)).isEqualTo(91_000);
        assertThat(clock.extend(53_000, 1_000_000_000)).isEqualTo(94_000);
        assertThat(clock.jumps()).isZero();
    }

    @Property
    void neverStraysFromTheTimeThatPassedByMoreThanItsLimitAStep(@ForAll @Size(max = 50) List<Integer> timestamps,
            @ForAll @IntRange(max = 2_000_000_000) int gapNanos) {
        long arrival = 0;
        long before = clock.extend(0, 0);
        for (int timestamp : timestamps) {
            arrival += gapNanos;
            long now = clock.extend(timestamp, arrival);
            assertThat(Math.abs(now - before - ClockRate.ticks(gapNanos))).isLessThanOrEqualTo(MediaClock.MAX_DRIFT_TICKS);
            before = now;
        }
    }
}
