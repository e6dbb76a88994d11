package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SenderClockTest {

    private static final long SECOND = 1L << 32;
    private static final long NTP = 0xE5F0_1234_8000_0000L;

    private final SenderClock clock = new SenderClock();

    private void report(long ntp, int timestamp, long nowNanos) {
        RtcpReader reader = new RtcpReader(new RtcpListener() {
            @Override
            public void senderReport(SenderReport report, long nowNanos) {
                clock.update(report, nowNanos);
            }
        });
        byte[] bytes = RtcpDatagram.report(1, ntp, timestamp).bytes();
        reader.accept(RtpDatagram.placedAt(3, bytes), 3, bytes.length, nowNanos);
    }

    @Tag("RFC3550-4-02") @Tag("RFC3550-6.4.1-03")
    @Test
    @DisplayName("RFC 3550 6.4.1: a timestamp's NTP time before, at and after the report, over the wrap of either clock")
    void mapsTimestamps() {
        report(NTP, 45_000, 0);
        assertThat(clock.ntp(45_000)).isEqualTo(NTP);
        assertThat(clock.ntp(135_000)).isEqualTo(NTP + SECOND);
        assertThat(clock.ntp(-45_000)).as("before, over the RTP wrap").isEqualTo(NTP - SECOND);
        report(-SECOND, 0, 0);
        assertThat(clock.ntp(180_000)).as("after the NTP era ends in 2036").isEqualTo(SECOND);
    }

    @Test
    void nothingIsKnownWithoutAReportOrFromASenderWithoutAWallClock() {
        assertThat(clock.ntp(1)).isEqualTo(SenderClock.UNKNOWN);
        assertThat(clock.lastReport()).isZero();
        assertThat(clock.delaySinceLastReport(100)).isZero();
        report(0, 1, 0);
        assertThat(clock.isKnown()).isFalse();
        assertThat(clock.ntp(1)).isEqualTo(SenderClock.UNKNOWN);
    }

    @Tag("RFC3550-6.4.1-12") @Tag("RFC3550-6.4.1-13")
    @Test
    @DisplayName("RFC 3550 6.4.1: LSR is the middle 32 bits of the report's NTP time, DLSR is in 1/65,536 s")
    void lastReportAndDelay() {
        report(0x1111_2222_3333_4444L, 0, -5_000_000_000L);
        assertThat(clock.lastReport()).isEqualTo(0x2222_3333);
        assertThat(clock.delaySinceLastReport(-3_500_000_000L)).isEqualTo(3 * 65_536 / 2);
    }

    @Test
    void aResetForgets() {
        report(NTP, 1, 0);
        clock.reset();
        assertThat(clock.ntp(1)).isEqualTo(SenderClock.UNKNOWN);
        assertThat(clock.isOf(1)).isFalse();
    }

    @Property
    void isExactToTheLastBitForEveryDistanceAndComesBackToTheSameTimestamp(@ForAll long ntp, @ForAll int base, @ForAll int ticks) {
        report(ntp == 0 ? 1 : ntp, base, 0);
        long expected = BigInteger.valueOf(ticks).shiftLeft(32).subtract(
            BigInteger.valueOf(ticks).shiftLeft(32).mod(BigInteger.valueOf(90_000))).divide(BigInteger.valueOf(90_000)).longValue();
        long mapped = clock.ntp(base + ticks);
        assertThat(mapped - clock.ntp(base)).isEqualTo(expected);
        assertThat(clock.timestamp(mapped)).isEqualTo(base + ticks);
    }

    @Property
    void ticksOfNanosecondsAreExactForEveryLong(@ForAll long nanos) {
        BigInteger ticks = BigInteger.valueOf(nanos).multiply(BigInteger.valueOf(90_000));
        BigInteger second = BigInteger.valueOf(1_000_000_000);
        assertThat(ClockRate.ticks(nanos)).isEqualTo(ticks.subtract(ticks.mod(second)).divide(second).longValue());
    }
}
