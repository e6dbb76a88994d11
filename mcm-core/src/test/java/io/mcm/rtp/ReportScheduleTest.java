package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReportScheduleTest {

    private static final long SECOND = 1_000_000_000;

    /** Always the same fraction of the range. */
    private static RandomGenerator always(double fraction) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("not asked");
            }

            @Override
            public long nextLong(long bound) {
                return (long) (bound * fraction);
            }
        };
    }

    @Test
    void nothingIsDueBeforeTheFirstPacket() {
        ReportSchedule schedule = new ReportSchedule(always(0));
        assertThat(schedule.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.isDue(100 * SECOND)).isFalse();
    }

    @Tag("RFC3550-6.2-03") @Tag("RFC3550-6.2-04") @Tag("RFC3550-6.3.1-01")
    @Test
    @DisplayName("RFC 3550 6.2 and 6.3.1: 2.5 s before the first report, 5 s after, divided by e - 3/2")
    void intervals() {
        ReportSchedule schedule = new ReportSchedule(always(0.5));
        schedule.begin(7);
        long first = 250_000 * SECOND / 121_828;
        assertThat(schedule.deadline()).isEqualTo(7 + first);
        schedule.begin(SECOND);
        assertThat(schedule.deadline()).as("begun once").isEqualTo(7 + first);
        assertThat(schedule.isDue(6 + first)).isFalse();
        assertThat(schedule.isDue(7 + first)).isTrue();
        assertThat(schedule.deadline()).isEqualTo(7 + first + 500_000 * SECOND / 121_828);
        assertThat(schedule.isDue(8 + first)).isFalse();
    }

    @Test
    @DisplayName("RFC 3550 6.3.6: a report that is due is put off where a new draw says so")
    void reconsideration() {
        double[] next = {0};
        ReportSchedule schedule = new ReportSchedule(new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("not asked");
            }

            @Override
            public long nextLong(long bound) {
                return (long) (bound * next[0]);
            }
        });
        schedule.begin(0);
        long early = schedule.deadline();
        next[0] = 0.9;
        assertThat(schedule.isDue(early)).isFalse();
        assertThat(schedule.deadline()).isGreaterThan(early);
        assertThat(schedule.isDue(schedule.deadline())).isTrue();
    }

    @Tag("RFC3550-6.1-11")
    @Tag("RFC3550-6.3-01") @Tag("RFC3550-6.3.1-02")
    @Test
    @DisplayName("RFC 3550 6.3.1: reconsidered intervals stay within their bounds and average five seconds")
    void average() {
        long seed = 42;
        ReportSchedule schedule = new ReportSchedule(new SplittableRandom(seed));
        schedule.begin(0);
        long last = 0;
        long sum = 0;
        int reports = 0;
        while (reports < 10_000) {
            long now = schedule.deadline();
            if (schedule.isDue(now)) {
                long interval = now - last;
                assertThat(interval).as("seed " + seed).isBetween(reports == 0 ? SECOND : 2 * SECOND, 62 * SECOND / 10);
                sum += interval;
                last = now;
                reports++;
            }
        }
        assertThat(sum / reports / 1e9).isBetween(4.5, 5.5);
    }
}
