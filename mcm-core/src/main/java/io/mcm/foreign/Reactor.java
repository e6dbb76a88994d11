package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Waits on descriptors with epoll(7), level-triggered, and calls their handlers. One thread owns it; only {@link #wake} may be
 * called from others. Waiting allocates nothing.
 *
 * <pre>
 *   struct epoll_event    x86-64, packed: events 0:4, data 4:8, 12 bytes       elsewhere: events 0:4, data 8:8, 16 bytes
 * </pre>
 */
public final class Reactor implements AutoCloseable {

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 1;

    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int EVENT_LENGTH = PACKED ? 12 : 16;
    private static final int DATA_OFFSET = PACKED ? 4 : 8;
    private static final ValueLayout.OfLong DATA = ValueLayout.JAVA_LONG_UNALIGNED;

    /** Handled in one turn; more come in the next. */
    private static final int MAX_EVENTS = 256;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment events = arena.allocate((long) MAX_EVENTS * EVENT_LENGTH, 8);
    private final int epoll = (int) SystemCallException.check(Libc.epoll_create1(EPOLL_CLOEXEC), "epoll_create1", "");
    private final EventFd wakeUp = EventFd.create();

    /** By descriptor. A descriptor number is used again after close, so events carry the generation that they were added with. */
    private Runnable[] handlers = new Runnable[64];
    private int[] generations = new int[64];
    private boolean closed;

    public Reactor() {
        add(wakeUp.fd(), wakeUp::drain);
    }

    /** Calls {@code onReadable} in every {@link #poll} for as long as there is something to read, or the peer is gone. */
    public void add(int fd, Runnable onReadable) {
        if (fd >= handlers.length) {
            int length = Math.max(fd + 1, 2 * handlers.length);
            handlers = Arrays.copyOf(handlers, length);
            generations = Arrays.copyOf(generations, length);
        }
        int generation = generations[fd] + 1;
        control(EPOLL_CTL_ADD, fd, generation);
        handlers[fd] = onReadable;
        generations[fd] = generation;
    }

    /**
     * Must come before the descriptor is closed: epoll watches what the descriptor stands for, which goes on for as long as a peer
     * has it too. Nothing happens for one that was not added.
     */
    public void remove(int fd) {
        if (fd < handlers.length && handlers[fd] != null) {
            handlers[fd] = null;
            control(EPOLL_CTL_DEL, fd, generations[fd]);
        }
    }

    private void control(int operation, int fd, int generation) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment event = scratch.allocate(EVENT_LENGTH, 8);
            event.set(JAVA_INT, 0, EPOLLIN);
            event.set(DATA, DATA_OFFSET, (long) generation << 32 | fd);
            SystemCallException.check(Libc.epoll_ctl(epoll, operation, fd, event), "epoll_ctl", fd);
        }
    }

    /**
     * Waits for events and calls their handlers.
     *
     * @param timeoutNanos how long at most: negative for ever, 0 not at all; rounded up to whole milliseconds
     * @return handlers called
     */
    public int poll(long timeoutNanos) {
        return dispatch(await(timeoutNanos));
    }

    /** The waiting half of {@link #poll}. Returns the number of events, which {@link #dispatch(int)} takes. */
    public int await(long timeoutNanos) {
        int millis = timeoutNanos < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, -Math.floorDiv(-timeoutNanos, NANOS_PER_MILLI));
        return Libc.epoll_wait(epoll, events, MAX_EVENTS, millis);
    }

    /** The working half of {@link #poll}. */
    public int dispatch(int count) {
        int called = 0;
        for (int i = 0; i < count; i++) {
            called += handle(events.get(DATA, (long) i * EVENT_LENGTH + DATA_OFFSET));
        }
        return called;
    }

    private int handle(long data) {
        int fd = (int) data;
        Runnable handler = handlers[fd];
        if (handler == null || generations[fd] != (int) (data >>> 32)) {
            return 0;
        }
        handler.run();
        return fd == wakeUp.fd() ? 0 : 1;
    }

    /** Makes the {@link #poll} under way, or else the next one, return. Any thread may call it. */
    public void wake() {
        wakeUp.signal();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wakeUp.close();
            Descriptors.close(epoll);
            arena.close();
        }
    }
}
