package io.mcm.camera.pace;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;
import org.HdrHistogram.Histogram;

/**
 * Sends every packet at its own deadline, which is computed from the first packet's time alone: an error in one gap moves no other
 * packet. Waits by parking until shortly before, then by spinning.
 */
public final class Pacer implements TimedPacketSink {

    /** A speed without deadlines. */
    public static final double MAX_SPEED = Double.POSITIVE_INFINITY;
    /** Parked threads wake 54 to 100 us late here (Linux's default timer slack is 50 us); the rest is spun. */
    static final long SPIN_NANOS = 100_000;

    /** Lateness up to a minute, to three digits. */
    private static final long MAX_LATENESS_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final double speed;
    private final Clock clock;
    private final Idle idle;
    private final PacketOut out;
    private final PacketTrace trace;
    private final Histogram lateness = new Histogram(MAX_LATENESS_NANOS, DIGITS);

    private boolean started;
    private long startNanos;
    private long lastNanos;
    private long packets;
    private long bytes;
    private volatile boolean stopped;

    /** @param speed 2 is twice as fast as the source says; {@link #MAX_SPEED} never waits */
    public Pacer(double speed, Clock clock, Idle idle, PacketOut out, PacketTrace trace) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed " + speed + "; allowed are numbers above 0");
        }
        this.speed = speed;
        this.clock = clock;
        this.idle = idle;
        this.out = out;
        this.trace = trace;
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        if (!started) {
            started = true;
            startNanos = clock.nanoTime();
        }
        long now = clock.nanoTime();
        long deadline = speed == MAX_SPEED ? now : startNanos + (long) (dueNanos / speed);
        now = waitUntil(deadline, now);
        if (stopped) {
            return;
        }
        out.send(channel, segment, offset, length);
        lateness.recordValue(Math.clamp(now - deadline, 0, MAX_LATENESS_NANOS));
        trace.sent(channel, segment, offset, deadline, now);
        lastNanos = now;
        packets++;
        bytes += length;
    }

    private long waitUntil(long deadline, long from) {
        long now = from;
        if (deadline - now > SPIN_NANOS) {
            trace.pause(now, deadline);
            now = clock.nanoTime();
        }
        while (deadline - now > 0 && !stopped) {
            long left = deadline - now;
            if (left > SPIN_NANOS) {
                idle.park(left - SPIN_NANOS);
            } else {
                idle.spin();
            }
            now = clock.nanoTime();
        }
        return now;
    }

    /** Makes a wait end and refuses further packets; from any thread, which then has to wake a parked one. */
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    public long packets() {
        return packets;
    }

    /** Of RTP packets, without UDP and IP headers. */
    public long bytes() {
        return bytes;
    }

    /** From the first packet to the last. */
    public long durationNanos() {
        return lastNanos - startNanos;
    }

    /** Nanoseconds from each packet's deadline until it was handed to the network; all 0 at {@link #MAX_SPEED}. */
    public Histogram lateness() {
        return lateness;
    }
}
