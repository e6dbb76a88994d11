package io.mcm.memif.builtin;

import io.mcm.foreign.EventFd;
import io.mcm.memif.RxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Every descriptor is read once, checked, and only then followed. */
final class BuiltinRxQueue implements RxQueue {

    private final Ring ring;
    private final RingCursor cursor;
    private final Regions regions;
    private final Slots own;
    private final Fault fault;

    /** For each descriptor that starts a held packet: how many it has; negative once released; 0 elsewhere. */
    private final int[] held;
    private int oldestHeld;
    private int freed;

    private MemorySegment gathered = MemorySegment.NULL;
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
        this.held = new int[ring.size()];
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
        segment = in < regions.count() ? regions.segment(in) : MemorySegment.NULL;
        offset = at;
        length = (int) size;
        return true;
    }

    /** Copies a packet's pieces together. A chain must be published whole: it may not reach past what the peer has published. */
    private boolean gather(int start, int available) {
        long total = 0;
        for (int n = 0; n < available; n++) {
            long first = ring.firstWord(start + n);
            if (!isReadable(start + n, first)) {
                return false;
            }
            if (total + length > MAX_CHAIN_LENGTH) {
                fault.report("chained packet of more than " + MAX_CHAIN_LENGTH + " bytes");
                return false;
            }
            reserve(total, total + length);
            MemorySegment.copy(segment, offset, gathered, total, length);
            total += length;
            if (!RingDescriptor.hasNext(first)) {
                segment = gathered;
                offset = 0;
                length = (int) total;
                take(start, n + 1);
                return true;
            }
        }
        fault.report("chain without an end in the " + available + " descriptors published");
        return false;
    }

    private void reserve(long used, long wanted) {
        if (gathered.byteSize() < wanted) {
            MemorySegment larger = Arena.ofAuto().allocate(Math.min(MAX_CHAIN_LENGTH, 2 * wanted), 8);
            MemorySegment.copy(gathered, 0, larger, 0, used);
            gathered = larger;
        }
    }

    private void take(int start, int descriptors) {
        ticket = start;
        held[start & held.length - 1] = descriptors;
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
        return segment == gathered;
    }

    @Override
    public void release(int packet) {
        int slot = packet & held.length - 1;
        if (held[slot] <= 0) {
            throw new IllegalArgumentException("packet " + packet + " is not held: released already, or never received");
        }
        held[slot] = -held[slot];
        while (held[oldestHeld] < 0) {
            giveBackOldest();
        }
        if (freed != 0) {
            cursor.tellRelease(freed);
            freed = 0;
        }
    }

    private void giveBackOldest() {
        int descriptors = -held[oldestHeld];
        held[oldestHeld] = 0;
        for (int i = 0; own != null && i < descriptors; i++) {
            own.offer(ring, oldestHeld + i);
        }
        oldestHeld = oldestHeld + descriptors & held.length - 1;
        freed += descriptors;
    }
}
