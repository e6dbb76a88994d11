package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An eventfd (eventfd(2)): one side signals, the other wakes. Owns its descriptor, unless that is borrowed.
 *
 * <p>A shared one is not ours alone: O_NONBLOCK belongs to what both sides hold, and a peer may clear it at any time. To drain never waits all
 * the same (RWF_NOWAIT); no call signals an eventfd with that promise, so a {@link SignalWatch} frees a thread that a peer makes wait.
 */
public final class EventFd implements AutoCloseable {

    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;
    /** To free a signal that waits: some 0.3 ms, and the watch comes again. */
    private static final int MAX_ATTEMPTS = 1000;

    /** Before Linux 5.8 an eventfd cannot be read that way; then a peer can make a drain wait. */
    private static final boolean RWF_NOWAIT_KNOWN = probe();

    private static final VarHandle TURNS;

    static {
        try {
            TURNS = MethodHandles.lookup().findVarHandle(EventFd.class, "turns", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int fd;
    private final boolean shared;
    private final boolean owned;
    private final MemorySegment iovec = iovec();
    private volatile boolean closed;
    private volatile boolean freed;
    /** Counts up when a signal begins and when it is done: odd within one. Written by the signalling thread only. */
    private int turns;

    private EventFd(int fd, boolean shared, boolean owned) {
        this.fd = fd;
        this.shared = shared;
        this.owned = owned;
        if (shared) {
            SignalWatch.add(this);
        }
    }

    /** For threads of this process. */
    public static EventFd create() {
        return new EventFd(open(), false, true);
    }

    /** To be passed to a peer. */
    public static EventFd createShared() {
        return new EventFd(open(), true, true);
    }

    private static int open() {
        return (int) SystemCallException.check(Libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd", 0);
    }

    /** Takes over a descriptor that a peer passed. It is made non-blocking, which the peer may undo. */
    public static EventFd adopt(int fd) {
        Descriptors.setNonBlocking(fd);
        return new EventFd(fd, true, true);
    }

    /** One that other code signals and closes, the latter not before this is closed: here it is only drained. */
    public static EventFd borrow(int fd) {
        return new EventFd(fd, false, false);
    }

    public int fd() {
        return fd;
    }

    /**
     * Wakes the other side. A counter that is full already wakes it too. Nothing once closed: the number may be another's by then.
     *
     * @return false where the peer was ever seen to make us wait here: nobody clears O_NONBLOCK and fills 64 bits by mistake
     */
    public boolean signal() {
        if (closed) {
            return true;
        }
        if (!shared) {
            Libc.eventfd_write(fd, 1);
            return true;
        }
        int turn = turns;
        TURNS.setOpaque(this, turn + 1);
        Libc.eventfd_write(fd, 1);
        TURNS.setOpaque(this, turn + 2);
        return !freed;
    }

    /** Takes all signals so far; what the signals announced must be looked at after this, never before. */
    public void drain() {
        if (!closed) {
            takeAll();
        }
    }

    private void takeAll() {
        if (RWF_NOWAIT_KNOWN) {
            Libc.preadv2_nowait(fd, iovec);
        } else {
            Libc.eventfd_read(fd, iovec.asSlice(MessageHeader.IOVEC_LENGTH));
        }
    }

    private static boolean probe() {
        int fd = open();
        MemorySegment iovec = iovec();
        Libc.eventfd_write(fd, 1);
        boolean known = Libc.preadv2_nowait(fd, iovec) == Long.BYTES;
        Descriptors.close(fd);
        return known;
    }

    /** With the eight bytes that it describes. */
    private static MemorySegment iovec() {
        MemorySegment iovec = Arena.ofAuto().allocate(MessageHeader.IOVEC_LENGTH + Long.BYTES, 8);
        iovec.set(JAVA_LONG, MessageHeader.IOVEC_BASE_OFFSET, iovec.address() + MessageHeader.IOVEC_LENGTH);
        iovec.set(JAVA_LONG, MessageHeader.IOVEC_SIZE_OFFSET, Long.BYTES);
        return iovec;
    }

    /** The signal that is under way; even where none is. */
    int turn() {
        return (int) TURNS.getOpaque(this);
    }

    /**
     * Ends a signal that waits, by making room in the counter; on the watch's thread. Where the counter is not full the signalling thread has
     * merely lost its processor. The peer may fill it again before that thread has its turn, so a few attempts are made. Excludes {@link
     * #close}, after which the number may be another's.
     */
    synchronized void free(int stuckTurn) {
        for (int i = 0; i < MAX_ATTEMPTS && !closed && turn() == stuckTurn; i++) {
            if (!Descriptors.isWritable(fd)) {
                freed = true;
                Descriptors.trySetNonBlocking(fd);
                takeAll();
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            SignalWatch.remove(this);
            if (owned) {
                Descriptors.close(fd);
            }
        }
    }
}
