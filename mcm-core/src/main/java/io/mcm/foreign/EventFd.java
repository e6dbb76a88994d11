package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An eventfd (eventfd(2)): one side signals, the other wakes. Owns its descriptor. */
public final class EventFd implements AutoCloseable {

    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final int fd;
    private final MemorySegment drained = Arena.ofAuto().allocate(JAVA_LONG);
    private volatile boolean closed;

    private EventFd(int fd) {
        this.fd = fd;
    }

    public static EventFd create() {
        return new EventFd((int) SystemCallException.check(Libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd", 0));
    }

    /** Takes over a descriptor that a peer passed; it is made non-blocking, so that a peer cannot make a signal wait. */
    public static EventFd adopt(int fd) {
        Descriptors.setNonBlocking(fd);
        return new EventFd(fd);
    }

    public int fd() {
        return fd;
    }

    /** Wakes the other side. A counter that is full already wakes it too. Nothing once closed: the number may be another's by then. */
    public void signal() {
        if (!closed) {
            Libc.eventfd_write(fd, 1);
        }
    }

    /** Takes all signals so far; what the signals announced must be looked at after this, never before. */
    public void drain() {
        if (!closed) {
            Libc.eventfd_read(fd, drained);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Descriptors.close(fd);
        }
    }
}
