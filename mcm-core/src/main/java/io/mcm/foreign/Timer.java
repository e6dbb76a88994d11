package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A descriptor that becomes readable after a time (timerfd_create(2)), for a {@link Reactor} to wait on. Owns its descriptor.
 *
 * <pre>
 *   struct itimerspec    interval: seconds 0:8, nanoseconds 8:8     value: seconds 16:8, nanoseconds 24:8
 * </pre>
 */
public final class Timer implements AutoCloseable {

    private static final int CLOCK_MONOTONIC = 1;
    private static final int TFD_NONBLOCK_CLOEXEC = 0x80800;

    private static final long SPEC_LENGTH = 32;
    private static final long VALUE_SECONDS_OFFSET = 16;
    private static final long VALUE_NANOS_OFFSET = 24;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int fd = (int) SystemCallException.check(
        Libc.timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK_CLOEXEC), "timerfd_create", CLOCK_MONOTONIC);
    /** Of its own, for {@link #set} is called on the data path. */
    private final MemorySegment spec = Arena.ofAuto().allocate(SPEC_LENGTH, Long.BYTES);
    private boolean closed;

    public int fd() {
        return fd;
    }

    /** Readable once {@code nanos} have passed; whatever was set before is forgotten. 0 stops it, and makes it unreadable. */
    public void set(long nanos) {
        spec.set(JAVA_LONG, VALUE_SECONDS_OFFSET, nanos / NANOS_PER_SECOND);
        spec.set(JAVA_LONG, VALUE_NANOS_OFFSET, nanos % NANOS_PER_SECOND);
        SystemCallException.check(Libc.timerfd_settime(fd, spec), "timerfd_settime", "");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Descriptors.close(fd);
        }
    }
}
