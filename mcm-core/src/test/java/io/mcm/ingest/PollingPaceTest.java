package io.mcm.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollingPaceTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final PollingPace pace = new PollingPace();

    /** How long nothing is found until the waits add up to it, and the longest of them. */
    private long longestWaitWithin(long silenceNanos) {
        long longest = 0;
        for (long silent = 0; silent < silenceNanos; ) {
            long wait = pace.afterLook(0, false);
            silent += wait;
            longest = Math.max(longest, wait);
        }
        return longest;
    }

    @Test
    void whilePacketsFlowTheNextLookIsAfterTheShortestWait() {
        assertThat(pace.afterLook(3, false)).isEqualTo(PollingPace.SHORTEST_NANOS);
        assertThat(pace.afterLook(1, false)).isEqualTo(PollingPace.SHORTEST_NANOS);
    }

    @Test
    void aFullBatchIsFollowedAtOnceWithoutStoppingTheTimer() {
        assertThat(pace.afterLook(64, true)).isEqualTo(PollingPace.AT_ONCE_NANOS).isPositive();
    }

    @Test
    void inSilenceWaitsGrowWithItAndNoFaster() {
        pace.afterLook(1, false);
        assertThat(longestWaitWithin(40 * MILLI)).isBetween(MILLI, 40 * MILLI / PollingPace.SHARE_OF_SILENCE + PollingPace.SHORTEST_NANOS);
        assertThat(pace.isIdle()).isFalse();
    }

    @Test
    void waitsNeverGetLongerThanTheLongestAndThenThePortIsIdle() {
        assertThat(longestWaitWithin(10 * SECOND)).isEqualTo(PollingPace.LONGEST_NANOS);
        assertThat(pace.isIdle()).isTrue();
    }

    @Test
    void aPacketEndsTheSilence() {
        longestWaitWithin(SECOND);
        assertThat(pace.afterLook(1, false)).isEqualTo(PollingPace.SHORTEST_NANOS);
        assertThat(pace.isIdle()).isFalse();
        assertThat(pace.afterLook(0, false)).isEqualTo(PollingPace.SHORTEST_NANOS);
    }

    @Test
    void anIdlePortIsLookedAt100TimesASecond() {
        longestWaitWithin(SECOND);
        int looks = 0;
        for (long waited = 0; waited < SECOND; looks++) {
            waited += pace.afterLook(0, false);
        }
        assertThat(looks).isLessThanOrEqualTo(100);
    }
}
