package io.mcm.foreign;

/** How much later than asked the kernel may wake the calling thread, so as to wake several at once: 50 us unless told otherwise (prctl(2)). */
public final class TimerSlack {

    private static final int PR_SET_TIMERSLACK = 29;

    private TimerSlack() {}

    /** Of the calling thread from now on, in nanoseconds from 1. False where the kernel does not do it; waits are then less exact. */
    public static boolean set(long nanos) {
        return Libc.prctl(PR_SET_TIMERSLACK, nanos) == 0;
    }
}
