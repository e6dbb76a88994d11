package io.mcm.rtp;

/**
 * A source's wall clock, from its last sender report (RFC 3550 section 6.4.1): which NTP time an RTP timestamp stands for, and the other
 * way round. Whole-number arithmetic at {@link ClockRate#VIDEO}; right for timestamps up to 2^31 ticks (6.6 hours) before and after the
 * report, over any wrap.
 */
public final class SenderClock {

    /** {@link #ntp} where no report told. */
    public static final long UNKNOWN = 0;

    private static final int MIDDLE_SHIFT = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private boolean reported;
    private int ssrc;
    private long ntp;
    private int rtpTimestamp;
    private long arrivalNanos;

    /** Takes a report, of whichever source; what an earlier one told is forgotten. */
    void update(SenderReport report, long nowNanos) {
        reported = true;
        ssrc = report.ssrc();
        ntp = report.ntp();
        rtpTimestamp = report.rtpTimestamp();
        arrivalNanos = nowNanos;
    }

    void reset() {
        reported = false;
    }

    /** Becomes what {@code other} is. */
    void adopt(SenderClock other) {
        reported = other.reported;
        ssrc = other.ssrc;
        ntp = other.ntp;
        rtpTimestamp = other.rtpTimestamp;
        arrivalNanos = other.arrivalNanos;
    }

    boolean isOf(int ssrc) {
        return reported && this.ssrc == ssrc;
    }

    /** Whether {@link #ntp} has an answer. A sender without a wall clock reports zero, which is none. */
    public boolean isKnown() {
        return reported && ntp != UNKNOWN;
    }

    /** The NTP time of an RTP timestamp, seconds since 1900 in 32.32 fixed point, rounded down; {@link #UNKNOWN} where no report told. */
    public long ntp(int timestamp) {
        return isKnown() ? ntp + ClockRate.ntp(timestamp - rtpTimestamp) : UNKNOWN;
    }

    /** The RTP timestamp of an NTP time, to the nearest tick. Only while {@link #isKnown()}. */
    public int timestamp(long ntpTime) {
        return rtpTimestamp + (int) ClockRate.ticksOfNtp(ntpTime - ntp);
    }

    /** The middle 32 bits of the last report's NTP time, as a report block returns them; 0 without one (RFC 3550 section 6.4.1, LSR). */
    public int lastReport() {
        return reported ? (int) (ntp >> MIDDLE_SHIFT) : 0;
    }

    /** How long ago it came, in 1/65,536 s; 0 without one (RFC 3550 section 6.4.1, DLSR). */
    public int delaySinceLastReport(long nowNanos) {
        if (!reported) {
            return 0;
        }
        long nanos = nowNanos - arrivalNanos;
        return (int) ((nanos / NANOS_PER_SECOND << MIDDLE_SHIFT) + (nanos % NANOS_PER_SECOND << MIDDLE_SHIFT) / NANOS_PER_SECOND);
    }
}
