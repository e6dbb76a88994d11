package io.mcm.memif.builtin;

import io.mcm.memif.Fault;
import io.mcm.memif.TxQueue;
import java.lang.foreign.MemorySegment;

/** To publish is one release store, and where the consumer sleeps one eventfd write. */
final class BuiltinTxQueue implements TxQueue {

    private static final int NONE_OPEN = -1;
    private static final int NO_REGION = -1;

    private final Ring ring;
    private final RingCursor cursor;
    private final Regions regions;
    private final Slots own;
    private final Fault fault;
    private int region = NO_REGION;
    private long offset;
    private int capacity = NONE_OPEN;
    private MemorySegment segment = MemorySegment.NULL;
    private final FullBuffers full;

    /** @param own where a client's buffers lie; null for a server, which takes what the client offers */
    BuiltinTxQueue(Ring ring, Role role, Regions regions, Slots own, Fault fault) {
        this.ring = ring;
        this.regions = regions;
        this.own = own;
        this.fault = fault;
        this.cursor = new RingCursor(ring, role, true, fault);
        this.full = new FullBuffers(ring.size());
    }

    @Override
    public int free() {
        return cursor.availableAcquire();
    }

    @Override
    public int size() {
        return ring.size();
    }

    @Override
    public boolean claim() {
        if (cursor.available() == 0) {
            return false;
        }
        return locate(cursor.position());
    }

    private boolean locate(int index) {
        return own == null ? locateOffered(index) : locateOwn(index);
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
        offset = at;
        capacity = length;
        if (inRegion != region) {
            region = inRegion;
            segment = regions.segment(inRegion);
        }
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
    public int capacity() {
        return capacity;
    }

    @Override
    public void commit(int length) {
        if (length < 0 || length > capacity) {
            throw new IllegalArgumentException("packet of " + length + " bytes, " + (capacity == NONE_OPEN
                ? "and no buffer is open" : "allowed are 0 to " + capacity));
        }
        int buffers = full.count();
        for (int i = 0; i < buffers; i++) {
            describe(cursor.position() + i, RingDescriptor.FLAG_NEXT, full.region(i), full.offset(i), full.length(i));
        }
        describe(cursor.position() + buffers, 0, region, offset, length);
        cursor.advance(buffers + 1);
        cancel();
    }

    /** A server leaves the offset as the client offered it. */
    private void describe(int index, int flags, int inRegion, long at, int length) {
        ring.firstWord(index, RingDescriptor.firstWord(flags, inRegion, length));
        if (own != null) {
            ring.secondWord(index, at);
        }
    }

    @Override
    public void cancel() {
        capacity = NONE_OPEN;
        full.clear();
    }

    @Override
    public boolean extend() {
        if (capacity == NONE_OPEN) {
            throw new IllegalStateException("no buffer is open");
        }
        int needed = full.count() + 2;
        if (cursor.available() < needed && cursor.availableAcquire() < needed) {
            return false;
        }
        full.add(region, offset, capacity);
        boolean located = locate(cursor.position() + full.count());
        if (!located) {
            full.removeLast();
        }
        return located;
    }

    @Override
    public void retract() {
        if (full.count() == 0) {
            throw new IllegalStateException("the packet has one buffer only");
        }
        int last = full.count() - 1;
        place(full.region(last), full.offset(last), full.length(last));
        full.removeLast();
    }

    @Override
    public int publish() {
        int buffers = cursor.untold();
        if (buffers != 0) {
            cursor.tellRelease(buffers);
            if (ring.interruptWantedOpaque()) {
                signal();
            }
        }
        return buffers;
    }

    @Override
    public boolean wakeAgain() {
        boolean reason = cursor.availableAcquire() < ring.size() && ring.interruptWantedOpaque();
        if (reason) {
            signal();
        }
        return reason;
    }

    private void signal() {
        if (!ring.interrupt().signal()) {
            fault.reportHostile("the peer made us wait to signal: its eventfd is blocking, and full");
        }
    }
}
