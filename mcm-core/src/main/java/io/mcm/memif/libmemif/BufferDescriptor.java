package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of {@code memif_buffer_t} of libmemif.h, of which each stands for one descriptor of a ring.
 *
 * <pre>
 *   desc_index 0:2   queue 8:8   len 16:4   flags 20:1   data 24:8    to 32
 * </pre>
 */
record BufferDescriptor(MemorySegment array) {

    static final int LENGTH = 32;

    static final int DESC_INDEX_OFFSET = 0;
    static final int LEN_OFFSET = 16;
    static final int FLAGS_OFFSET = 20;
    static final int DATA_OFFSET = 24;

    /** The packet goes on in the next one (MEMIF_BUFFER_FLAG_NEXT). */
    static final int FLAG_NEXT = 1;

    static BufferDescriptor allocate(Arena arena, int count) {
        return new BufferDescriptor(arena.allocate((long) count * LENGTH, Long.BYTES));
    }

    long address(int i) {
        return array.address() + at(i);
    }

    int index(int i) {
        return array.get(JAVA_SHORT, at(i) + DESC_INDEX_OFFSET) & 0xffff;
    }

    /** Unsigned 32 bits. */
    long length(int i) {
        return Integer.toUnsignedLong(array.get(JAVA_INT, at(i) + LEN_OFFSET));
    }

    boolean hasNext(int i) {
        return (array.get(JAVA_BYTE, at(i) + FLAGS_OFFSET) & FLAG_NEXT) != 0;
    }

    long data(int i) {
        return array.get(JAVA_LONG, at(i) + DATA_OFFSET);
    }

    void set(int i, int length, boolean next) {
        array.set(JAVA_INT, at(i) + LEN_OFFSET, length);
        array.set(JAVA_BYTE, at(i) + FLAGS_OFFSET, (byte) (next ? FLAG_NEXT : 0));
    }

    void moveToFront(int from, int count) {
        MemorySegment.copy(array, at(from), array, 0, at(count));
    }

    private static long at(int i) {
        return (long) i * LENGTH;
    }
}
