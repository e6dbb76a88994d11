package io.mcm.camera.pace;

/**
 * How long before a deadline a thread must ask to be woken, so that it sleeps as long as it can and is still in time: learned from how late it woke
 * before. Follows the quantile of those times that one in a hundred is above, in steps whose ratio is that of the chances.
 */
final class SpinMargin {

    /** Before anything is known: Linux's default timer slack is 50 us, and threads here wake 54 to 100 us late with it, 25 to 63 without. */
    static final long FIRST_NANOS = 100_000;
    /** No thread wakes earlier; below, measuring says more about the clock. */
    static final long MIN_NANOS = 2_000;
    /** What is later than this is a machine that is busy otherwise, against which spinning does not help. */
    static final long MAX_NANOS = 250_000;

    private static final long STEP_DOWN = 60;
    /** Above the margin one in a hundred: 99 steps down weigh as much as one up. */
    private static final long STEP_UP = 99 * STEP_DOWN;

    private long nanos = FIRST_NANOS;

    long nanos() {
        return nanos;
    }

    /** The thread woke so long after it had asked to. */
    void woke(long lateNanos) {
        nanos = Math.clamp(nanos + (lateNanos > nanos ? STEP_UP : -STEP_DOWN), MIN_NANOS, MAX_NANOS);
    }
}
