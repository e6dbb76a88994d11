package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Leaves this process without a free descriptor until it is closed (RLIMIT_NOFILE). No class may be loaded for the first time meanwhile.
 */
public final class DescriptorLimit implements AutoCloseable {

    private static final int RLIMIT_NOFILE = 7;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment old = arena.allocate(2 * Long.BYTES, Long.BYTES);
    private final MemorySegment low = arena.allocate(2 * Long.BYTES, Long.BYTES);

    private DescriptorLimit() {}

    public static DescriptorLimit reached() {
        DescriptorLimit limit = new DescriptorLimit();
        limit.exchange(MemorySegment.NULL, limit.old);
        new SystemCallException("warm-up", "", Errno.EMFILE).getMessage();
        EventFd free = EventFd.create();
        limit.low.set(JAVA_LONG, 0, free.fd());
        limit.low.set(JAVA_LONG, Long.BYTES, limit.old.get(JAVA_LONG, Long.BYTES));
        free.close();
        limit.exchange(limit.low, MemorySegment.NULL);
        return limit;
    }

    private void exchange(MemorySegment fresh, MemorySegment before) {
        long result = Downcall.call(Downcall.six("prlimit"), 0, RLIMIT_NOFILE, fresh.address(), before.address(), 0, 0);
        SystemCallException.check(result, "prlimit", "RLIMIT_NOFILE");
    }

    @Override
    public void close() {
        exchange(old, MemorySegment.NULL);
        arena.close();
    }
}
