package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Descriptors that a peer should not pass as memory, and states that it should not bring an eventfd into. */
public final class UnfitDescriptors {

    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_SEAL_SHRINK_AND_WRITE = 2 | 8;
    private static final int O_TMPFILE_RDWR = 0x410000 | 2;
    private static final int F_DUPFD = 0;
    private static final int F_SETFL = 4;
    private static final long FULL = -2;

    private UnfitDescriptors() {}

    public static void withUnsealedMemfd(long length, IntConsumer use) {
        with(memfd(), length, 0, use);
    }

    public static void withSealedAgainstWriting(long length, IntConsumer use) {
        with(memfd(), length, F_SEAL_SHRINK_AND_WRITE, use);
    }

    public static void withFile(long length, IntConsumer use) {
        try (Arena arena = Arena.ofConfined()) {
            long fd = Downcall.call(Downcall.three("open"), arena.allocateFrom("/tmp").address(), O_TMPFILE_RDWR, 0600);
            with(SystemCallException.check(fd, "open", "/tmp"), length, 0, use);
        }
    }

    /**
     * Memory of a memfd that was cut to nothing after it was mapped: what becomes of a mapping that its owner did not seal.
     *
     * @param use called with the mapping while it is good; what it returns runs when the memory is gone
     */
    public static void withVanishingMemory(long length, Function<MemorySegment, Runnable> use) {
        int fd = (int) memfd();
        SystemCallException.check(Libc.ftruncate(fd, length), "ftruncate", length);
        int toMap = (int) SystemCallException.check(Libc.fcntl(fd, F_DUPFD, 0), "fcntl", fd);
        try (SharedMemory memory = SharedMemory.adopt(toMap, length)) {
            Runnable then = use.apply(memory.segment());
            SystemCallException.check(Libc.ftruncate(fd, 0), "ftruncate", 0);
            then.run();
        } finally {
            Libc.close(fd);
        }
    }

    private static long memfd() {
        try (Arena arena = Arena.ofConfined()) {
            return SystemCallException.check(Libc.memfd_create(arena.allocateFrom("raw"), MFD_ALLOW_SEALING), "memfd_create", "raw");
        }
    }

    private static void with(long fd, long length, int seals, IntConsumer use) {
        try {
            SystemCallException.check(Libc.ftruncate((int) fd, length), "ftruncate", length);
            if (seals != 0) {
                SystemCallException.check(Libc.fcntl((int) fd, F_ADD_SEALS, seals), "fcntl", seals);
            }
            use.accept((int) fd);
        } finally {
            Libc.close((int) fd);
        }
    }

    /** What a peer that shares it can do at any time: whoever reads or writes it waits from now on. */
    public static void makeBlocking(int fd) {
        SystemCallException.check(Libc.fcntl(fd, F_SETFL, 0), "fcntl", fd);
    }

    /** Brings an eventfd's counter to where one more would have to wait. */
    public static void fill(int eventFd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment counter = arena.allocate(JAVA_LONG);
            counter.set(JAVA_LONG, 0, FULL);
            SystemCallException.check(Libc.write(eventFd, counter, Long.BYTES), "write", eventFd);
        }
    }
}
