package io.mcm.memif.libmemif;

import io.mcm.foreign.BorrowedMemory;
import io.mcm.memif.PeerException;
import java.lang.foreign.MemorySegment;

/** The regions of a connection, which libmemif maps and unmaps. */
final class MappedRegions implements AutoCloseable {

    static final int NONE = -1;

    private final BorrowedMemory memory = new BorrowedMemory();
    private final long[] addresses;
    private final long[] lengths;
    private final MemorySegment[] segments;

    MappedRegions(Details details) {
        int count = details.regions();
        addresses = new long[count];
        lengths = new long[count];
        segments = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = details.regionAddress(i);
            lengths[i] = details.regionLength(i);
            if (lengths[i] == 0) {
                throw new PeerException("region " + i + " of 0 or 4 GiB, which libmemif counts in 32 bits");
            }
            segments[i] = memory.segment(addresses[i], lengths[i]);
        }
    }

    /** The region that holds all these bytes, or {@link #NONE}: libmemif takes a peer's region and offset as they stand. */
    int find(long address, long length) {
        for (int i = 0; i < addresses.length; i++) {
            long offset = address - addresses[i];
            if (offset >= 0 && offset + length <= lengths[i]) {
                return i;
            }
        }
        return NONE;
    }

    MemorySegment segment(int region) {
        return segments[region];
    }

    long offset(int region, long address) {
        return address - addresses[region];
    }

    @Override
    public void close() {
        memory.close();
    }
}
