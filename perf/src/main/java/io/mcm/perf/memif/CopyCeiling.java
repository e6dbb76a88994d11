package io.mcm.perf.memif;

import io.mcm.foreign.SharedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What no ring can beat: the same messages copied into the same shared memory by one thread, and nobody told. */
final class CopyCeiling {

    private static final int MAX_SIZE = 1 << 20;
    private static final int CHECKS = 64;

    private CopyCeiling() {}

    /** Messages a second. */
    static double rate(Cell cell, int millis) {
        int slots = 1 << cell.log2RingSize();
        MemorySegment source = Arena.ofAuto().allocate(MAX_SIZE, 64);
        try (SharedMemory memory = SharedMemory.create("mcm perf", (long) slots * cell.bufferLength())) {
            copies(cell, millis / 2, slots, source, memory.segment());
            return copies(cell, millis, slots, source, memory.segment());
        }
    }

    private static double copies(Cell cell, int millis, int slots, MemorySegment source, MemorySegment target) {
        long start = System.nanoTime();
        long end = start + millis * 1_000_000L;
        long count = 0;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < CHECKS; i++) {
                MemorySegment.copy(source, 0, target, (count++ & slots - 1) * cell.bufferLength(), cell.size());
            }
        }
        return count * 1e9 / (System.nanoTime() - start);
    }
}
