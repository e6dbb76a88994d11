package io.mcm.rtp;

import io.mcm.metric.Counters;
import java.util.Arrays;

/**
 * Puts the packets of one source back in order. A packet that is in order passes at once and uncopied; one that is early is
 * copied and waits for the gap before it to fill. The gap is given up when a packet has waited too long or the window is full.
 * Sequence numbers that leap and go on from there are a restart (RFC 3550 appendix A.1). Used by one thread.
 */
public final class ReorderWindow {

    /** At 20 Mbit/s about 70 ms of packets. */
    public static final int DEFAULT_PACKETS = 128;
    /** A tenth of a second: far above the reordering of a LAN, below what a viewer of an analysis notices. */
    public static final long DEFAULT_NANOS = 100_000_000;
    /** The window stays below {@link #MAX_DROPOUT}, where a gap turns into a restart. */
    public static final int MAX_PACKETS = 2048;
    /** A step ahead of so many packets or more is a leap, not a loss (RFC 3550 appendix A.1). */
    static final int MAX_DROPOUT = 3000;
    /** A step back of more packets, and of more than the window's, is a leap, not a late packet (RFC 3550 appendix A.1). */
    static final int MAX_MISORDER = 100;

    private static final long NEVER = Long.MIN_VALUE;

    private final RtpSink sink;
    private final Counters<RtpCounter> counters;
    private final int packets;
    private final int maxBehind;
    private final long nanos;
    private final int mask;
    private final HeldPacket[] slots;
    /** Which sequence number last went out through each slot: tells a duplicate from a late packet. */
    private final long[] delivered;
    private final Probation leap = new Probation();

    private boolean started;
    private long next;
    private long highest;
    private int held;
    private long oldestArrival;
    /** Payload type of the packet that went out last. */
    private int lastType;
    /** One of another type has come with the same number; whatever else does is a duplicate. */
    private boolean lastShared;

    /**
     * @param packets how far ahead of the next packet an early one may be, 1 (no reordering) to {@link #MAX_PACKETS}
     * @param nanos how long an early packet waits at most
     */
    public ReorderWindow(int packets, long nanos, Counters<RtpCounter> counters, RtpSink sink) {
        if (packets < 1 || packets > MAX_PACKETS) {
            throw new IllegalArgumentException("reorder window of " + packets + " packets; allowed are 1 to " + MAX_PACKETS);
        }
        if (nanos < 0) {
            throw new IllegalArgumentException("reorder window of " + nanos + " ns; allowed are 0 and more");
        }
        this.packets = packets;
        this.nanos = nanos;
        this.counters = counters;
        this.sink = sink;
        maxBehind = Math.max(packets, MAX_MISORDER);
        int size = Integer.highestOneBit(2 * maxBehind - 1);
        mask = size - 1;
        slots = new HeldPacket[size];
        delivered = new long[size];
    }

    /** Takes the next packet that arrived; the sink is called for it now or later. */
    public void accept(RtpPacket packet, long nowNanos) {
        poll(nowNanos);
        if (!started) {
            start(packet.sequence());
        }
        long sequence = Sequence.extend(next, packet.sequence());
        long ahead = sequence - next;
        if (ahead == 0) {
            dropLeap();
            pass(packet, sequence, nowNanos);
        } else if (ahead >= MAX_DROPOUT || ahead < -maxBehind) {
            leap(packet, nowNanos);
        } else if (ahead == -1 && !lastShared && packet.payloadType() != lastType) {
            shared(packet, sequence, nowNanos);
        } else if (ahead < 0) {
            counters.increment(wasDelivered(sequence) ? RtpCounter.DUPLICATED : RtpCounter.LATE);
        } else {
            early(packet, sequence, nowNanos);
        }
    }

    /** Gives up the gaps behind which a packet has waited its time. */
    public void poll(long nowNanos) {
        while (held > 0 && nowNanos - oldestArrival >= nanos) {
            advanceTo(firstHeld());
        }
    }

    /** When {@link #poll} has something to do, or {@link Long#MAX_VALUE}. */
    public long deadline() {
        return held > 0 ? oldestArrival + nanos : Long.MAX_VALUE;
    }

    /** Ends the stream: what is held goes out, gaps are lost, and the next packet begins a new stream. */
    public void flush() {
        while (held > 0) {
            advanceTo(firstHeld());
        }
        dropLeap();
        if (started) {
            started = false;
            sink.end();
        }
    }

    /** Whether the number is the one after the highest that was taken: of late packets and leaps nothing can be told yet. */
    boolean continues(int sequence) {
        return started && sequence == Sequence.next((int) highest);
    }

    /** Copies of packets that wait, fewer than the window has. */
    int held() {
        return held;
    }

    private void start(int sequence) {
        started = true;
        next = sequence;
        highest = next - 1;
        Arrays.fill(delivered, NEVER);
    }

    private void pass(RtpPacket packet, long sequence, long nowNanos) {
        noteOrder(sequence);
        deliver(packet, nowNanos);
        if (held > 0) {
            drain();
        }
    }

    /** Uniview cameras send private data with the sequence number that their next video packet has: it is no duplicate. */
    private void shared(RtpPacket packet, long sequence, long nowNanos) {
        counters.increment(RtpCounter.SEQUENCE_SHARED);
        lastShared = true;
        sink.packet(packet, sequence, nowNanos);
    }

    private void early(RtpPacket packet, long sequence, long nowNanos) {
        if (slot(sequence).holds(sequence)) {
            counters.increment(RtpCounter.DUPLICATED);
            return;
        }
        advanceTo(sequence - packets + 1);
        if (sequence == next) {
            pass(packet, sequence, nowNanos);
        } else {
            hold(packet, sequence, nowNanos);
        }
    }

    private void hold(RtpPacket packet, long sequence, long nowNanos) {
        noteOrder(sequence);
        slot(sequence).hold(packet, sequence, nowNanos);
        if (held++ == 0) {
            oldestArrival = nowNanos;
        }
    }

    private void noteOrder(long sequence) {
        if (sequence < highest) {
            counters.increment(RtpCounter.REORDERED);
        } else {
            highest = sequence;
        }
    }

    private void leap(RtpPacket packet, long nowNanos) {
        if (!leap.isConfirmedBy(packet)) {
            dropLeap();
            leap.begin(packet, nowNanos);
            return;
        }
        leap.end();
        flush();
        counters.increment(RtpCounter.RESTART);
        accept(leap.packet(), leap.arrivalNanos());
        accept(packet, nowNanos);
    }

    /** The old sequence goes on, so there was no restart: two cameras with one SSRC must not take turns. */
    private void dropLeap() {
        if (leap.isOpen()) {
            leap.end();
            counters.increment(RtpCounter.STRAY);
        }
    }

    /** Moves the window's start to {@code limit} if it is below: held packets on the way go out, gaps are lost. */
    private void advanceTo(long limit) {
        while (next < limit) {
            long gapEnd = held > 0 ? Math.min(limit, firstHeld()) : limit;
            if (gapEnd > next) {
                lose((int) (gapEnd - next));
            }
            drain();
        }
    }

    private void lose(int count) {
        next += count;
        counters.add(RtpCounter.LOST, count);
        sink.lost(count);
    }

    private void drain() {
        HeldPacket slot = slot(next);
        while (slot.holds(next)) {
            slot.release();
            held--;
            deliver(slot.packet(), slot.arrivalNanos());
            slot = slot(next);
        }
        oldestArrival = oldestHeldArrival();
    }

    private void deliver(RtpPacket packet, long arrivalNanos) {
        delivered[index(next)] = next;
        lastType = packet.payloadType();
        lastShared = false;
        long sequence = next++;
        sink.packet(packet, sequence, arrivalNanos);
    }

    /** Only while something is held. */
    private long firstHeld() {
        long sequence = next;
        while (!slot(sequence).holds(sequence)) {
            sequence++;
        }
        return sequence;
    }

    private long oldestHeldArrival() {
        long oldest = Long.MAX_VALUE;
        for (int i = 0, left = held; left > 0; i++) {
            HeldPacket slot = slots[i];
            if (slot != null && slot.isFull()) {
                oldest = Math.min(oldest, slot.arrivalNanos());
                left--;
            }
        }
        return oldest;
    }

    private boolean wasDelivered(long sequence) {
        return delivered[index(sequence)] == sequence;
    }

    /** Places are made when first needed: most streams never need one. */
    private HeldPacket slot(long sequence) {
        int index = index(sequence);
        if (slots[index] == null) {
            slots[index] = new HeldPacket();
        }
        return slots[index];
    }

    private int index(long sequence) {
        return (int) sequence & mask;
    }
}
