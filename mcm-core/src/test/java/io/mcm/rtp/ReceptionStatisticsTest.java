package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {

    private final ReceptionStatistics statistics = new ReceptionStatistics();

    private void receive(int... sequences) {
        for (int sequence : sequences) {
            statistics.received(sequence & 0xffff, 0, 0);
        }
    }

    @Test
    void withoutPacketsThereIsNothing() {
        assertThat(statistics.hasPackets()).isFalse();
        assertThat(statistics.expected()).isZero();
        assertThat(statistics.cumulativeLost()).isZero();
        assertThat(statistics.takeFractionLost()).isZero();
        assertThat(statistics.jitter()).isZero();
    }

    @Tag("RFC3550-6.4.1-09") @Tag("RFC3550-A.1-08") @Tag("RFC3550-A.3-02")
    @Test
    @DisplayName("RFC 3550 A.1: wraps are counted, and a packet from before the wrap does not count one more")
    void wraps() {
        receive(0xFFFE, 0, 0xFFFF, 1);
        assertThat(statistics.extendedHighest()).isEqualTo(0x1_0001);
        assertThat(statistics.expected()).isEqualTo(4);
        assertThat(statistics.cumulativeLost()).isZero();
    }

    @Tag("RFC3550-A.1-09")
    @Test
    @DisplayName("RFC 3550 A.1: one packet far off is not counted, two in sequence begin anew")
    void restart() {
        receive(1, 2, 30_000, 3);
        assertThat(statistics.received()).isEqualTo(3);
        receive(50_000, 50_001);
        assertThat(statistics.extendedHighest()).isEqualTo(50_001);
        assertThat(statistics.received()).isEqualTo(1);
        assertThat(statistics.expected()).isEqualTo(1);
    }

    @Tag("RFC3550-6.4.1-07") @Tag("RFC3550-A.3-01") @Tag("RFC3550-A.3-04")
    @Test
    @DisplayName("RFC 3550 A.3: the loss of an interval in 1/256, and none where duplicates outnumber it")
    void fractionLost() {
        receive(1, 2, 3, 5);
        assertThat(statistics.takeFractionLost()).isEqualTo(256 / 5);
        assertThat(statistics.cumulativeLost()).isEqualTo(1);
        receive(6, 7, 7, 7, 7);
        assertThat(statistics.takeFractionLost()).isZero();
        assertThat(statistics.cumulativeLost()).as("negative: more duplicates than losses").isEqualTo(-2);
        assertThat(statistics.takeFractionLost()).as("an interval without packets").isZero();
        receive(2007);
        assertThat(statistics.takeFractionLost()).isEqualTo(1999 * 256 / 2000);
    }

    @Tag("RFC3550-A.3-03")
    @Test
    @DisplayName("RFC 3550 A.3: the cumulative loss is clamped to 24 signed bits")
    void clamped() {
        for (int i = 0; i <= 9_000_000; i += 2000) {
            receive(i);
        }
        assertThat(statistics.cumulativeLost()).isEqualTo(0x7f_ffff);
        statistics.reset();
        for (int i = 0; i < 9_000_000; i++) {
            statistics.received(1, 0, 0);
        }
        assertThat(statistics.cumulativeLost()).isEqualTo(-0x80_0000);
    }

    @Tag("RFC3550-6.4.1-10") @Tag("RFC3550-A.8-01")
    @Test
    @DisplayName("RFC 3550 A.8: constant transit has no jitter, over the wrap of the timestamp too")
    void noJitter() {
        for (int i = 0; i < 1000; i++) {
            statistics.received(i, 0xFFFF_0000 + i * 900, 1_000_000_000_000L + i * 10_000_000L);
        }
        assertThat(statistics.jitter()).isZero();
    }

    @Tag("RFC3550-6.4.1-10") @Tag("RFC3550-A.8-01")
    @Test
    @DisplayName("RFC 3550 A.8: transit that alternates by 10 ms has a jitter of 10 ms")
    void steadyJitter() {
        for (int i = 0; i < 1000; i++) {
            statistics.received(i, i * 900, i * 10_000_000L + i % 2 * 10_000_000L);
        }
        assertThat(statistics.jitter()).isBetween(899, 900);
    }

    @Tag("RFC3550-6.4.1-06")
    @Test
    void anotherSourceBeginsAnew() {
        receive(1, 5);
        statistics.reset();
        assertThat(statistics.hasPackets()).isFalse();
        receive(100);
        assertThat(statistics.expected()).isEqualTo(1);
        assertThat(statistics.takeFractionLost()).isZero();
    }

    /** The formulas of section 6.4.1 over unwrapped numbers and exact fractions. */
    @Tag("RFC3550-6.4.1-11")
    @Property(tries = 200)
    @Label("RFC 3550 A.3 and A.8: as a naive model over unwrapped numbers has it, for any loss, duplication and reordering")
    void agreesWithTheModel(@ForAll Random random, @ForAll @IntRange(max = 0xffff) int first, @ForAll @DoubleRange(max = 0.5) double loss) {
        ReceptionStatistics statistics = new ReceptionStatistics();
        long highest = first;
        long received = 0;
        double jitter = 0;
        Long transitBefore = null;
        long reportedExpected = 0;
        long reportedReceived = 0;
        for (int i = 0; i < 3000; i++) {
            long sequence = Math.max(first, first + i - random.nextInt(10) * random.nextInt(2));
            if (i > 0 && random.nextDouble() < loss) {
                continue;
            }
            long arrival = i * 1_000_000L + random.nextInt(5_000_000);
            int timestamp = (int) (sequence * 90);
            statistics.received((int) sequence & 0xffff, timestamp, arrival);

            received++;
            highest = Math.max(highest, sequence);
            long transit = arrival * 9 / 100_000 - sequence * 90;
            jitter += transitBefore == null ? 0 : (Math.abs(transit - transitBefore) - jitter) / 16;
            transitBefore = transit;
            long expected = highest - first + 1;
            assertThat(statistics.extendedHighest()).isEqualTo(highest);
            assertThat((long) statistics.cumulativeLost()).isEqualTo(expected - received);
            assertThat((double) statistics.jitter()).isBetween(jitter - 2, jitter + 2);
            if (i % 500 == 499) {
                long intervalLost = expected - reportedExpected - (received - reportedReceived);
                long interval = expected - reportedExpected;
                assertThat(statistics.takeFractionLost()).isEqualTo((int) Math.max(0, intervalLost * 256 / Math.max(1, interval)));
                reportedExpected = expected;
                reportedReceived = received;
            }
        }
        assertThat(List.of(statistics.received(), statistics.expected())).containsExactly(received, highest - first + 1);
    }
}
