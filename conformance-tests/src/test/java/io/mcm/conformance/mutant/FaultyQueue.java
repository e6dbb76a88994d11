package io.mcm.conformance.mutant;

import io.mcm.memif.TxQueue;
import java.lang.foreign.MemorySegment;

/** A ring whose claims and commits a {@link RingFault} carries out. Units of several buffers go past it. */
final class FaultyQueue implements TxQueue {

    private final TxQueue ring;
    private final RingFault fault;
    private int chained;

    FaultyQueue(TxQueue ring, RingFault fault) {
        this.ring = ring;
        this.fault = fault;
    }

    @Override
    public boolean claim() {
        chained = 0;
        return fault.claim(ring);
    }

    @Override
    public void commit(int length) {
        if (chained > 0) {
            ring.commit(length);
        } else {
            fault.commit(ring, length);
        }
    }

    @Override
    public void cancel() {
        fault.cancel(ring);
    }

    @Override
    public boolean extend() {
        boolean extended = ring.extend();
        chained += extended ? 1 : 0;
        return extended;
    }

    @Override
    public void retract() {
        ring.retract();
        chained--;
    }

    @Override
    public int free() {
        return ring.free();
    }

    @Override
    public int size() {
        return ring.size();
    }

    @Override
    public MemorySegment segment() {
        return ring.segment();
    }

    @Override
    public long offset() {
        return ring.offset();
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    @Override
    public int publish() {
        return ring.publish();
    }

    @Override
    public boolean wakeAgain() {
        return fault.shows() && ring.wakeAgain();
    }
}
