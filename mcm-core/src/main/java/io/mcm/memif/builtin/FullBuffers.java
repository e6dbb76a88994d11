package io.mcm.memif.builtin;

import java.util.Arrays;

/** The buffers of a chained packet before the open one: as they were when they were opened, whatever the peer writes meanwhile. */
final class FullBuffers {

    private static final int FIRST_LENGTH = 8;

    private final int ringSize;
    private int[] regions = {};
    private long[] offsets = {};
    private int[] lengths = {};
    private int count;

    FullBuffers(int ringSize) {
        this.ringSize = ringSize;
    }

    int count() {
        return count;
    }

    /** Allocates while the longest chain so far grows, and then never again. */
    void add(int region, long offset, int length) {
        if (count == lengths.length) {
            int longer = Math.min(ringSize, Math.max(FIRST_LENGTH, 2 * count));
            regions = Arrays.copyOf(regions, longer);
            offsets = Arrays.copyOf(offsets, longer);
            lengths = Arrays.copyOf(lengths, longer);
        }
        regions[count] = region;
        offsets[count] = offset;
        lengths[count] = length;
        count++;
    }

    void removeLast() {
        count--;
    }

    void clear() {
        count = 0;
    }

    int region(int i) {
        return regions[i];
    }

    long offset(int i) {
        return offsets[i];
    }

    int length(int i) {
        return lengths[i];
    }
}
