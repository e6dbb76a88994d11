package io.mcm.proxy.delivery;

import io.mcm.metric.Histogram;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long a unit takes from the arrival of its first packet until its consumer can see it. In it are the wait for packets out of order and, for a
 * unit of many packets, the time that its camera takes to send them.
 */
final class PublishingDelay {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    /**
     * 1, 2.5, 5 in each decade. From what a packet alone costs between two system calls, to the second after which no access unit of a camera is
     * still being sent; between them lie the picture times of 25 to 60 a second and the reorder window.
     */
    private static final long[] BOUNDS = {
        10 * MICRO, 25 * MICRO, 50 * MICRO, 100 * MICRO, 250 * MICRO, 500 * MICRO, MILLI, 2_500 * MICRO, 5 * MILLI, 10 * MILLI, 25 * MILLI,
        50 * MILLI, 100 * MILLI, 250 * MILLI, 500 * MILLI, 1_000 * MILLI};

    private final LongSupplier nanoClock;
    private final Histogram histogram = new Histogram(BOUNDS);
    /** Of the units that are whole and not published. Grows at most to the slots of the consumer's ring, which by default are as many as here. */
    private long[] arrivals = new long[64];
    private int waiting;

    /** @param nanoClock of the arrivals too; it is asked once for all that is published together */
    PublishingDelay(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** A unit is whole whose first packet came then. */
    void committed(long arrivalNanos) {
        if (waiting == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * waiting);
        }
        arrivals[waiting++] = arrivalNanos;
    }

    /** The consumer sees all whole units. */
    void published() {
        if (waiting > 0) {
            long now = nanoClock.getAsLong();
            for (int i = 0; i < waiting; i++) {
                histogram.record(Math.max(0, now - arrivals[i]));
            }
            waiting = 0;
        }
    }

    /** The consumer has gone, and did not see them. */
    void forget() {
        waiting = 0;
    }

    /** Any thread may ask. */
    Histogram.Snapshot snapshot() {
        return histogram.snapshot();
    }
}
