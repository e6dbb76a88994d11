package io.mcm.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that other code has mapped and will unmap. To be closed before it does: from then on an access through {@link #segment} throws, on
 * whatever thread, and does not crash.
 */
public final class BorrowedMemory implements AutoCloseable {

    private final Arena arena = Arena.ofShared();

    /** A view of mapped bytes. */
    public MemorySegment segment(long address, long length) {
        return MemorySegment.ofAddress(address).reinterpret(length, arena, null);
    }

    @Override
    public void close() {
        close(arena);
    }

    /** An I/O call of another thread may hold a segment for its length: it is waited for. */
    static void close(Arena arena) {
        while (arena.scope().isAlive()) {
            try {
                arena.close();
            } catch (IllegalStateException busy) {
                Thread.onSpinWait();
            }
        }
    }
}
