package io.mcm.memif;

import java.lang.foreign.MemorySegment;

/**
 * The sending end of a ring. A packet is written straight into the shared buffer, and may be given up half-way:
 *
 * <pre>
 *   claim() -> write to segment() at offset() up to capacity() -> commit(length) | cancel()
 *   ... more packets ...
 *   publish()       one release store and, where the consumer sleeps, one eventfd write for all of them
 * </pre>
 *
 * Allocates nothing, and throws for a caller's mistake only, never for a peer's. Belongs to one thread.
 */
public final class TxQueue {

    private static final int NONE_OPEN = -1;

    private final Ring ring;
    private final RingCursor cursor;
    private final Regions regions;
    private final Slots own;
    private final Fault fault;
    private int region;
    private long offset;
    private int capacity = NONE_OPEN;
    private MemorySegment segment = MemorySegment.NULL;

    /** @param own where a client's buffers lie; null for a server, which takes what the client offers */
    TxQueue(Ring ring, Role role, Regions regions, Slots own, Fault fault) {
        this.ring = ring;
        this.regions = regions;
        this.own = own;
        this.fault = fault;
        this.cursor = new RingCursor(ring, role, true, fault);
    }

    /** Buffers that can be claimed now. */
    public int free() {
        return cursor.availableAcquire();
    }

    /** Buffers of the ring, free or not. */
    public int size() {
        return ring.size();
    }

    /** Opens the next free buffer; false where the ring is full, or the peer broke a rule. */
    public boolean claim() {
        if (cursor.available() == 0) {
            return false;
        }
        return own == null ? locateOffered(cursor.position()) : locateOwn(cursor.position());
    }

    private boolean locateOwn(int index) {
        place(Slots.REGION, own.offset(index), own.bufferLength());
        return true;
    }

    private boolean locateOffered(int index) {
        long first = ring.firstWord(index);
        long at = RingDescriptor.offset(ring.secondWord(index));
        long length = RingDescriptor.length(first);
        int in = RingDescriptor.region(first);
        if (!regions.contains(in, at, length)) {
            fault.report("buffer of " + length + " bytes at " + at + " of region " + in + ", which has " + regions.length(in));
            return false;
        }
        place(in, at, (int) Math.min(length, Integer.MAX_VALUE));
        return true;
    }

    private void place(int inRegion, long at, int length) {
        region = inRegion;
        offset = at;
        capacity = length;
        segment = regions.segment(inRegion);
    }

    /** The memory that the open buffer lies in. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the open buffer starts. */
    public long offset() {
        return offset;
    }

    /** Bytes of the open buffer; negative where none is open. */
    public int capacity() {
        return capacity;
    }

    /**
     * The open buffer holds a packet of {@code length} bytes. The peer sees it after {@link #publish}.
     *
     * @throws IllegalArgumentException for more than the buffer takes, or where none is open
     */
    public void commit(int length) {
        if (length < 0 || length > capacity) {
            throw new IllegalArgumentException("packet of " + length + " bytes, " + (capacity == NONE_OPEN
                ? "and no buffer is open" : "allowed are 0 to " + capacity));
        }
        int index = cursor.position();
        ring.firstWord(index, RingDescriptor.firstWord(0, region, length));
        if (own != null) {
            ring.secondWord(index, offset);
        }
        cursor.advance(1);
        capacity = NONE_OPEN;
    }

    /** The open buffer holds nothing: the next claim opens it again. */
    public void cancel() {
        capacity = NONE_OPEN;
    }

    /**
     * Shows the peer all committed packets.
     *
     * @return how many
     */
    public int publish() {
        int packets = cursor.untold();
        if (packets != 0) {
            cursor.tellRelease(packets);
            if (ring.interruptWantedOpaque()) {
                ring.interrupt().signal();
            }
        }
        return packets;
    }

    /**
     * Signals once more a consumer that sleeps and has not given all buffers back: libmemif can lose a signal.
     *
     * @return whether there was reason to
     */
    public boolean wakeAgain() {
        boolean reason = cursor.availableAcquire() < ring.size() && ring.interruptWantedOpaque();
        if (reason) {
            ring.interrupt().signal();
        }
        return reason;
    }
}
