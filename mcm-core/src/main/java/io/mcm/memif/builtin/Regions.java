package io.mcm.memif.builtin;

import io.mcm.foreign.SharedMemory;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.PeerException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The memory of one connection, by region index. */
final class Regions implements AutoCloseable {

    /** A region's index is announced in one message field whose largest value libmemif and DPDK take is 255. */
    static final int MAX_REGIONS = 256;

    private SharedMemory[] owners = {};
    private MemorySegment[] segments = {};
    private long[] lengths = {};

    /** Maps what a peer passed, once it is known to be as large as it says and to stay so. */
    void adopt(int index, long announced, int fd) {
        if (index != owners.length || index >= MAX_REGIONS) {
            throw new PeerException("region index " + index + ", expected " + Math.min(owners.length, MAX_REGIONS - 1));
        }
        long actual = SharedMemory.sizeOf(fd);
        if (announced <= 0 || announced > MemifConfig.MAX_REGION_LENGTH || announced > actual) {
            throw new PeerException("region " + index + " of " + announced + " bytes, its memory has " + actual
                + " and at most " + MemifConfig.MAX_REGION_LENGTH + " are allowed");
        }
        if (!SharedMemory.isSealedAgainstShrinking(fd)) {
            throw new PeerException("region " + index + " is not a memfd with F_SEAL_SHRINK");
        }
        add(SharedMemory.adopt(fd, announced));
    }

    void add(SharedMemory memory) {
        int index = owners.length;
        owners = Arrays.copyOf(owners, index + 1);
        segments = Arrays.copyOf(segments, index + 1);
        lengths = Arrays.copyOf(lengths, index + 1);
        owners[index] = memory;
        segments[index] = memory.segment();
        lengths[index] = memory.segment().byteSize();
    }

    int count() {
        return owners.length;
    }

    SharedMemory owner(int index) {
        return owners[index];
    }

    MemorySegment segment(int index) {
        return segments[index];
    }

    /** Bytes of a region; 0 for one that does not exist, so that nothing lies in it. */
    long length(int index) {
        return index < lengths.length ? lengths[index] : 0;
    }

    /** Whether the bytes lie in one region; in 64-bit arithmetic, where offset and length cannot wrap. */
    boolean contains(int region, long offset, long length) {
        return region < owners.length && offset + length <= lengths[region];
    }

    @Override
    public void close() {
        for (SharedMemory owner : owners) {
            owner.close();
        }
    }
}
