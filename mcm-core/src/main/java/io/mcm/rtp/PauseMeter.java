package io.mcm.rtp;

/**
 * How long a source may be silent before it counts as gone: three times the longest pause between two of its packets in the last ten to
 * twenty seconds. Three, so that a camera of even frame rate may lose two pictures in a row. RFC 3550 section 6.3.5 waits for two report
 * intervals, about ten seconds, before a sender counts as none: a restarted camera's pictures must not wait so long.
 */
final class PauseMeter {

    /** Three pictures at 30 a second: below it a pause is jitter of the network or of the camera's encoder, not silence. */
    static final long MIN_PATIENCE_NANOS = 100_000_000;

    private static final int FACTOR = 3;
    /** Longer than any usual group of pictures, so that each has its longest pause in it. */
    private static final long PERIOD_NANOS = 10_000_000_000L;

    private long startedAt;
    private long periodStart;
    private long last;
    private long longest;
    private long longestBefore;

    void start(long nowNanos) {
        startedAt = nowNanos;
        periodStart = nowNanos;
        last = nowNanos;
        longest = 0;
        longestBefore = 0;
    }

    void arrived(long nowNanos) {
        if (nowNanos - periodStart >= PERIOD_NANOS) {
            longestBefore = longest;
            longest = 0;
            periodStart = nowNanos;
        }
        longest = Math.max(longest, nowNanos - last);
        last = nowNanos;
    }

    long last() {
        return last;
    }

    /**
     * 100 ms to {@code maxNanos}, or {@code maxNanos} if that is less; and {@code maxNanos} too while the source has not been heard for that
     * long: its pauses are not known yet.
     */
    long patience(long maxNanos) {
        if (last - startedAt < maxNanos) {
            return maxNanos;
        }
        return Math.clamp(FACTOR * Math.max(longest, longestBefore), Math.min(MIN_PATIENCE_NANOS, maxNanos), maxNanos);
    }
}
