package io.mcm.foreign;

import java.util.Map;

/** Linux error numbers that we meet ({@code asm-generic/errno-base.h}, {@code errno.h}), with their names. */
public final class Errno {

    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EPIPE = 32;
    public static final int EADDRINUSE = 98;
    public static final int ECONNRESET = 104;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
        Map.entry(1, "EPERM, operation not permitted"),
        Map.entry(ENOENT, "ENOENT, no such file"),
        Map.entry(EINTR, "EINTR, interrupted"),
        Map.entry(EIO, "EIO, refused by the device or its driver"),
        Map.entry(9, "EBADF, bad descriptor"),
        Map.entry(EAGAIN, "EAGAIN, try again"),
        Map.entry(ENOMEM, "ENOMEM, out of memory"),
        Map.entry(EACCES, "EACCES, permission denied"),
        Map.entry(EINVAL, "EINVAL, invalid argument"),
        Map.entry(ENFILE, "ENFILE, too many open files on this machine"),
        Map.entry(EMFILE, "EMFILE, too many open files in this process"),
        Map.entry(EPIPE, "EPIPE, the peer is gone"),
        Map.entry(36, "ENAMETOOLONG, name too long"),
        Map.entry(90, "EMSGSIZE, longer than a datagram may be"),
        Map.entry(EADDRINUSE, "EADDRINUSE, address in use"),
        Map.entry(99, "EADDRNOTAVAIL, this machine has no such address"),
        Map.entry(101, "ENETUNREACH, no way to that network"),
        Map.entry(105, "ENOBUFS, no room for it"),
        Map.entry(113, "EHOSTUNREACH, no way to that host"),
        Map.entry(ETIMEDOUT, "ETIMEDOUT, nothing came in time"),
        Map.entry(ECONNRESET, "ECONNRESET, the peer is gone"),
        Map.entry(ECONNREFUSED, "ECONNREFUSED, nobody listens there"));

    private Errno() {}

    /** {@code "EAGAIN, try again"}, or the number where we have no name for it. */
    public static String text(int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }
}
