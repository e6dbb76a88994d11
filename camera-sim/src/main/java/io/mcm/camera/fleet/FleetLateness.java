package io.mcm.camera.fleet;

import org.HdrHistogram.Histogram;

/** How late the packets of all cameras were. */
public final class FleetLateness {

    /** What is later has been seen by a receiver's jitter buffer: the spacing of packets on a 10 Mbit/s link. */
    public static final long LATE_NANOS = 1_000_000;

    /** Up to a minute, to three digits. */
    private static final long MAX_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram nanos = new Histogram(MAX_NANOS, DIGITS);

    void record(long lateNanos) {
        nanos.recordValue(Math.clamp(lateNanos, 0, MAX_NANOS));
    }

    /** Nanoseconds from each packet's deadline until it was handed to the network. */
    public Histogram nanos() {
        return nanos;
    }
}
