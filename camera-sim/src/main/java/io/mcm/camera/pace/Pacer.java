package io.mcm.camera.pace;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;
import org.HdrHistogram.Histogram;

/**
 * Sends every packet at its own deadline, which is computed from the first packet's time alone: an error in one gap moves no other packet. Packets
 * that are due together leave together. They are held until a later one or the end comes, so that when the deadline comes nothing is left to do but
 * to send.
 */
public final class Pacer implements TimedPacketSink {

    /** A speed without deadlines. */
    public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

    /** Packets that leave together at {@link #MAX_SPEED}: what the L2 cache of any server holds. */
    static final int MAX_SPEED_BURST = 128;
    /** Packets of one picture that are held at most; the rest follows at once. */
    static final int MAX_BURST = 2_048;
    /** Packets with other deadlines that leave together at most. */
    static final int MAX_LATE_BURST = 64;

    /** What sending one packet takes over loopback, before it has been measured. */
    static final long FIRST_SEND_NANOS = 5_000;
    /** What takes longer was interrupted, and is no measure. */
    private static final long LONGEST_SEND_NANOS = 50_000;
    /** Of the average that a new measurement is a part of. */
    private static final int AVERAGED = 16;

    /** Lateness up to a minute, to three digits. */
    private static final long MAX_LATENESS_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final double speed;
    private final Clock clock;
    private final DeadlineWait wait;
    private final PacketOut out;
    private final PacketTrace trace;
    private final HeldPackets held = new HeldPackets();
    private final Histogram lateness = new Histogram(MAX_LATENESS_NANOS, DIGITS);

    private boolean started;
    private long startNanos;
    private long lastNanos;
    private long driftNanos;
    private long earliestNanos;
    private long sendNanos = FIRST_SEND_NANOS;
    private volatile long packets;
    private volatile long reports;
    private volatile long bytes;
    private volatile long position;

    /** @param speed 2 is twice as fast as the source says; {@link #MAX_SPEED} never waits */
    public Pacer(double speed, Clock clock, Idle idle, PacketOut out, PacketTrace trace) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed " + speed + "; allowed are numbers above 0");
        }
        this.speed = speed;
        this.clock = clock;
        this.out = out;
        this.trace = trace;
        wait = new DeadlineWait(clock, idle);
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        if (!started) {
            started = true;
            startNanos = clock.nanoTime();
            lastNanos = startNanos;
        }
        long deadline = speed == MAX_SPEED ? startNanos : startNanos + (long) (dueNanos / speed);
        if (!held.isEmpty() && !joins(deadline)) {
            release();
        }
        if (!isStopped()) {
            held.add(channel, segment, offset, length, deadline);
            position = dueNanos;
        }
    }

    /** Whether a packet goes with those that are held: it is due when they are, or will be before they are sent. */
    private boolean joins(long deadline) {
        if (speed == MAX_SPEED) {
            return held.count() < MAX_SPEED_BURST;
        }
        if (deadline == held.due(0)) {
            return held.count() < MAX_BURST;
        }
        return held.count() < MAX_LATE_BURST && deadline - await() <= sendNanos;
    }

    private long await() {
        long deadline = held.due(0);
        long now = clock.nanoTime();
        if (wait.isFar(deadline, now)) {
            trace.pause(now, deadline);
        }
        return wait.until(deadline);
    }

    private void release() {
        long now = speed == MAX_SPEED ? clock.nanoTime() : await();
        if (!isStopped()) {
            send(now);
        }
        held.removeFirst(held.count());
    }

    private void send(long now) {
        int count = held.count();
        for (int i = 0; i < count; i++) {
            out.send(held.channel(i), held.segment(), held.offset(i), held.length(i));
        }
        out.flush();
        if (count == 1) {
            sendNanos += (Math.min(clock.nanoTime() - now, LONGEST_SEND_NANOS) - sendNanos) / AVERAGED;
        }
        int rtcp = 0;
        for (int i = 0; i < count; i++) {
            rtcp += held.channel(i) & 1;
            long deadline = speed == MAX_SPEED ? now : held.due(i);
            driftNanos = now - deadline;
            earliestNanos = Math.max(earliestNanos, -driftNanos);
            lateness.recordValue(Math.clamp(driftNanos, 0, MAX_LATENESS_NANOS));
            trace.sent(held.channel(i), held.segment(), held.offset(i), held.length(i), deadline, now);
        }
        lastNanos = now;
        count(count - rtcp, rtcp, held.bytes());
    }

    private void count(int morePackets, int moreReports, int moreBytes) {
        // Of one thread only, which others read.
        long packetsBefore = packets;
        long reportsBefore = reports;
        long bytesBefore = bytes;
        packets = packetsBefore + morePackets;
        reports = reportsBefore + moreReports;
        bytes = bytesBefore + moreBytes;
    }

    @Override
    public void end() {
        if (!held.isEmpty()) {
            release();
        }
    }

    /** Makes a wait end and refuses further packets; from any thread, which then has to wake a parked one. */
    public void stop() {
        wait.stop();
    }

    @Override
    public boolean isStopped() {
        return wait.isStopped();
    }

    /** RTCP packets sent so far; any thread may ask. */
    public long reports() {
        return reports;
    }

    /** RTP packets sent so far; any thread may ask. */
    public long packets() {
        return packets;
    }

    /** Of RTP and RTCP packets, without UDP and IP headers; any thread may ask. */
    public long bytes() {
        return bytes;
    }

    /** When the packet taken last is due, since the source's first and at normal speed; any thread may ask. */
    public long positionNanos() {
        return position;
    }

    /** From the first packet to the last. */
    public long durationNanos() {
        return lastNanos - startNanos;
    }

    /** How late the last packet was: what errors that add up would have come to. */
    public long driftNanos() {
        return driftNanos;
    }

    /** How early a packet left at most, because those before it were due. */
    public long earliestNanos() {
        return earliestNanos;
    }

    /** Nanoseconds from each packet's deadline until it was handed to the network, 0 for an early one; all 0 at {@link #MAX_SPEED}. */
    public Histogram lateness() {
        return lateness;
    }
}
