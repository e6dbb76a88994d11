package io.mcm.rtp;

import java.util.random.RandomGenerator;

/**
 * When a receiver's next report is due (RFC 3550 sections 6.2 and 6.3). The session has two members, the camera and this receiver, so the
 * interval is the minimum: two compounds of 100 bytes take 5 % of the session's bandwidth in five seconds already at 6.4 kbit/s.
 */
public final class ReportSchedule {

    /** RFC 3550 section 6.2: "The RECOMMENDED value for a fixed minimum interval is 5 seconds". */
    static final long MIN_INTERVAL_NANOS = 5_000_000_000L;

    /** e - 3/2 (section 6.3.1): makes up for timer reconsideration, which lengthens the interval. */
    private static final long COMPENSATION_PARTS = 121_828;
    private static final long PARTS = 100_000;

    private final RandomGenerator random;
    private boolean initial = true;
    private long lastSent;
    private long due = Long.MAX_VALUE;

    public ReportSchedule(RandomGenerator random) {
        this.random = random;
    }

    /** The first packet came: the first report is due half an interval from now. Nothing where it has begun already. */
    public void begin(long nowNanos) {
        if (due == Long.MAX_VALUE) {
            lastSent = nowNanos;
            due = nowNanos + draw();
        }
    }

    /** When {@link #isDue} may say yes, or {@link Long#MAX_VALUE} before {@link #begin}. */
    public long deadline() {
        return due;
    }

    /** Whether a report is to be sent now; if so, the next one is scheduled. If not, it may have been put off (section 6.3.6). */
    public boolean isDue(long nowNanos) {
        if (nowNanos < due) {
            return false;
        }
        due = lastSent + draw();
        if (nowNanos < due) {
            return false;
        }
        initial = false;
        lastSent = nowNanos;
        due = nowNanos + draw();
        return true;
    }

    /** 0.5 to 1.5 times the interval, halved before the first report. */
    private long draw() {
        long interval = initial ? MIN_INTERVAL_NANOS / 2 : MIN_INTERVAL_NANOS;
        return (interval / 2 + random.nextLong(interval)) * PARTS / COMPENSATION_PARTS;
    }
}
