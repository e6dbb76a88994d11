package io.mcm.perf.calibration;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** memcpy as the data path does it, from and to memory that the caches hold where they can. */
final class CopyTime {

    private static final int ALIGNMENT = 64;
    /** Of one window: a millisecond and less. */
    private static final long WINDOW_BYTES = 8 << 20;
    private static final int WARM_UPS = 20;

    private CopyTime() {}

    /** Nanoseconds that copying so many bytes takes. */
    static double nanos(int length) {
        MemorySegment from = Arena.ofAuto().allocate(length, ALIGNMENT).fill((byte) 1);
        MemorySegment to = Arena.ofAuto().allocate(length, ALIGNMENT).fill((byte) 2);
        for (int i = 0; i < WARM_UPS; i++) {
            window(from, to, length);
        }
        return Windows.median(() -> window(from, to, length));
    }

    private static double window(MemorySegment from, MemorySegment to, int length) {
        int copies = (int) (WINDOW_BYTES / length);
        long start = System.nanoTime();
        for (int i = 0; i < copies; i++) {
            MemorySegment.copy(from, 0, to, 0, length);
        }
        return (double) (System.nanoTime() - start) / copies;
    }
}
