package io.mcm.memif.builtin;

import io.mcm.foreign.EventFd;
import io.mcm.memif.Fault;
import io.mcm.memif.GatheredPacket;
import io.mcm.memif.HeldPackets;
import io.mcm.memif.RxQueue;
import java.lang.foreign.MemorySegment;

/** Every descriptor is read once, checked, and only then followed. */
final class BuiltinRxQueue implements RxQueue {

    private static final int NO_REGION = -1;
    /** A peer that reads our index finds its cache line changed: eight times a round of the ring is often enough. */
    private static final int TELLINGS_A_ROUND = 8;

    private final Ring ring;
    private final RingCursor cursor;
    private final Regions regions;
    private final Slots own;
    private final Fault fault;

    private final HeldPackets held;
    private final GatheredPacket gathered = new GatheredPacket();
    private final int tellAt;
    private int owed;

    private int region = NO_REGION;
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int length;
    private int ticket;

    /** @param own where a client's buffers lie; null for a server, which reads where the client says */
    BuiltinRxQueue(Ring ring, Role role, Regions regions, Slots own, Fault fault) {
        this.ring = ring;
        this.regions = regions;
        this.own = own;
        this.fault = fault;
        this.cursor = new RingCursor(ring, role, false, fault);
        this.held = new HeldPackets(ring.size());
        this.tellAt = Math.max(1, ring.size() / TELLINGS_A_ROUND);
    }

    /** Offers all buffers to the server for the first time. Only after CONNECTED: libmemif clears the indexes until then. */
    void offerAll() {
        for (int i = 0; i < ring.size(); i++) {
            own.offer(ring, i);
        }
        cursor.tellRelease(0);
    }

    @Override
    public EventFd interrupt() {
        return ring.interrupt();
    }

    @Override
    public void poll(boolean polling) {
        ring.maskInterruptOpaque(polling);
    }

    @Override
    public boolean next() {
        int available = cursor.available();
        if (available == 0) {
            return false;
        }
        int start = cursor.position();
        long first = ring.firstWord(start);
        if (RingDescriptor.hasNext(first)) {
            return gather(start, cursor.availableAcquire());
        }
        if (!isReadable(start, first)) {
            return false;
        }
        take(start, 1);
        return true;
    }

    /** Checks one buffer and moves the view onto it. */
    private boolean isReadable(int index, long first) {
        long size = RingDescriptor.length(first);
        int in = own == null ? RingDescriptor.region(first) : Slots.REGION;
        long at = own == null ? RingDescriptor.offset(ring.secondWord(index)) : own.offset(index);
        long limit = own == null ? regions.length(in) - at : own.bufferLength();
        if (size > limit || size > Integer.MAX_VALUE) {
            fault.report("packet of " + size + " bytes at " + at + " of region " + in + ", which has room for "
                + Math.clamp(limit, 0, Integer.MAX_VALUE));
            return false;
        }
        if (in != region) {
            region = in;
            segment = in < regions.count() ? regions.segment(in) : MemorySegment.NULL;
        }
        offset = at;
        length = (int) size;
        return true;
    }

    /** Copies a packet's pieces together. A chain must be published whole: it may not reach past what the peer has published. */
    private boolean gather(int start, int available) {
        gathered.clear();
        for (int n = 0; n < available; n++) {
            long first = ring.firstWord(start + n);
            if (!isReadable(start + n, first)) {
                return false;
            }
            if (!gathered.append(segment, offset, length)) {
                fault.report("chained packet of more than " + MAX_CHAIN_LENGTH + " bytes");
                return false;
            }
            if (!RingDescriptor.hasNext(first)) {
                segment = gathered.segment();
                region = NO_REGION;
                offset = 0;
                length = gathered.length();
                unchain(start, n);
                take(start, n + 1);
                return true;
            }
        }
        fault.report("chain without an end in the " + available + " descriptors published");
        return false;
    }

    /** As libmemif's receiver does: DPDK's sender only ever sets the flag, and would chain later packets by an earlier one's. */
    private void unchain(int start, int links) {
        for (int i = 0; i < links; i++) {
            ring.firstWord(start + i, RingDescriptor.withoutNext(ring.firstWord(start + i)));
        }
    }

    private void take(int start, int descriptors) {
        ticket = start;
        held.take(start, descriptors);
        cursor.advance(descriptors);
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int ticket() {
        return ticket;
    }

    @Override
    public boolean isGathered() {
        return segment == gathered.segment();
    }

    @Override
    public void release(int packet) {
        int oldest = held.oldest();
        int freed = held.release(packet);
        for (int i = 0; own != null && i < freed; i++) {
            own.offer(ring, oldest + i);
        }
        owed += freed;
        if (owed >= tellAt) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (owed != 0) {
            cursor.tellRelease(owed);
            owed = 0;
        }
    }
}
