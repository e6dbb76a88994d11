package io.mcm.memif;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The pieces of a chained packet, copied together. Its memory is used again for the next one. */
public final class GatheredPacket {

    private MemorySegment segment = MemorySegment.NULL;
    private int length;

    public void clear() {
        length = 0;
    }

    /** Adds a piece; false where the packet would be longer than {@link RxQueue#MAX_CHAIN_LENGTH}. */
    public boolean append(MemorySegment from, long offset, int bytes) {
        long wanted = (long) length + bytes;
        if (wanted > RxQueue.MAX_CHAIN_LENGTH) {
            return false;
        }
        if (segment.byteSize() < wanted) {
            MemorySegment larger = Arena.ofAuto().allocate(Math.min(RxQueue.MAX_CHAIN_LENGTH, 2 * wanted), 8);
            MemorySegment.copy(segment, 0, larger, 0, length);
            segment = larger;
        }
        MemorySegment.copy(from, offset, segment, length, bytes);
        length += bytes;
        return true;
    }

    public MemorySegment segment() {
        return segment;
    }

    public int length() {
        return length;
    }
}
