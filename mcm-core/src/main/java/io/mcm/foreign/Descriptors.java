package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be done with a descriptor whatever it is. */
public final class Descriptors {

    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;

    /** {@code struct pollfd}: fd 0:4, events 4:2, events that came 6:2. */
    private static final int POLLFD_LENGTH = 8;
    private static final int POLLFD_FD_OFFSET = 0;
    private static final int POLLFD_EVENTS_OFFSET = 4;
    private static final short POLLOUT = 4;

    private Descriptors() {}

    public static void close(int fd) {
        Libc.close(fd);
    }

    public static void setNonBlocking(int fd) {
        SystemCallException.check(trySetNonBlocking(fd), "fcntl", fd);
    }

    static long trySetNonBlocking(int fd) {
        return Libc.fcntl(fd, F_SETFL, O_NONBLOCK);
    }

    /** Whether a write would not wait now; of an eventfd, whether its counter is not full. */
    static boolean isWritable(int fd) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment asked = scratch.allocate(POLLFD_LENGTH, Integer.BYTES);
            asked.set(JAVA_INT, POLLFD_FD_OFFSET, fd);
            asked.set(JAVA_SHORT, POLLFD_EVENTS_OFFSET, POLLOUT);
            return Libc.poll(asked, 1, 0) == 1;
        }
    }

    /** Whether it is an eventfd: a peer may pass anything. */
    public static boolean isEventFd(int fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString().equals("anon_inode:[eventfd]");
        } catch (IOException e) {
            return false;
        }
    }
}
