package io.mcm.memif;

import io.mcm.foreign.EventFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The receiving end of a ring. Packets are read where they lie; only one that is spread over several buffers is gathered.
 *
 * <pre>
 *   next() -> read segment() at offset(), length() bytes -> keep ticket() -> ... -> release(ticket)
 * </pre>
 *
 * Several packets may be held at once and released in any order; the peer gets its buffers back in ring order. Belongs to one
 * thread.
 */
public final class RxQueue {

    /** The longest packet that is gathered. The largest unit that we send is 5,184,000 bytes; no known peer sends more. */
    static final int MAX_CHAIN_LENGTH = 16 << 20;

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
    RxQueue(Ring ring, Role role, Regions regions, Slots own, Fault fault) {
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

    /**
     * Readable after the peer has published, unless {@link #poll} is set. Wait on it, {@link EventFd#drain} it, then ask {@link #next}.
     * When the interface disconnects it is taken out of the interface's own reactor.
     */
    public EventFd interrupt() {
        return ring.interrupt();
    }

    /** Whether this side polls, so that the peer need not signal. To be set once, before the first packet: no peer fences a change. */
    public void poll(boolean polling) {
        ring.maskInterruptOpaque(polling);
    }

    /** Moves to the next packet; false where there is none, or the peer broke a rule. */
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

    /** The memory that the current packet lies in. A gathered one stays there only until the next {@link #next}. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the current packet starts. */
    public long offset() {
        return offset;
    }

    /** Bytes of the current packet. */
    public int length() {
        return length;
    }

    /** Names the current packet for {@link #release}. */
    public int ticket() {
        return ticket;
    }

    /** Whether the current packet was spread over several buffers, so that {@link #segment()} is a copy. */
    public boolean isGathered() {
        return segment == gathered;
    }

    /**
     * Gives a packet's buffers back, as soon as all before it are given back too.
     *
     * @throws IllegalArgumentException for a packet that is not held
     */
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
