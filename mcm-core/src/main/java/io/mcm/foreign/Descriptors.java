package io.mcm.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be done with a descriptor whatever it is. */
public final class Descriptors {

    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;

    private Descriptors() {}

    public static void close(int fd) {
        Libc.close(fd);
    }

    static void setNonBlocking(int fd) {
        SystemCallException.check(trySetNonBlocking(fd), "fcntl", fd);
    }

    static long trySetNonBlocking(int fd) {
        return Libc.fcntl(fd, F_SETFL, O_NONBLOCK);
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
