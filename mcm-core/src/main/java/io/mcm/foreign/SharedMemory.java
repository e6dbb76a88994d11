package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A memfd (memfd_create(2)) mapped into this process: made here to be passed to a peer, or taken over from one. Owns the mapping, and
 * the descriptor while there is use for it. After {@link #close} an access to {@link #segment()} throws; it does not crash.
 */
public final class SharedMemory implements AutoCloseable {

    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int F_SEAL_SHRINK = 2;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;

    /** {@code struct stat} on 64-bit Linux: 144 bytes (x86-64) or 128 (AArch64), st_size at 48 on both. */
    private static final long STAT_LENGTH = 144;
    private static final long STAT_SIZE_OFFSET = 48;

    private int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;
    private boolean closed;

    private SharedMemory(int fd, long length) {
        this.fd = fd;
        this.segment = map(fd, length, arena);
    }

    /** New zeroed memory that nobody can shrink (F_SEAL_SHRINK): a reader's mapping stays good. */
    public static SharedMemory create(String name, long length) {
        int fd;
        try (Arena scratch = Arena.ofConfined()) {
            int flags = MFD_ALLOW_SEALING | MFD_CLOEXEC;
            fd = (int) SystemCallException.check(Libc.memfd_create(scratch.allocateFrom(name), flags), "memfd_create", name);
        }
        try {
            SystemCallException.check(Libc.ftruncate(fd, length), "ftruncate", length);
            SystemCallException.check(Libc.fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), "fcntl F_ADD_SEALS", fd);
            return new SharedMemory(fd, length);
        } catch (RuntimeException e) {
            Descriptors.close(fd);
            throw e;
        }
    }

    /**
     * Maps memory that a peer passed. If this returns, the descriptor is closed: the mapping does not need it, and a peer with
     * hundreds of regions would use up ours.
     *
     * @param length bytes to map, at most {@link #sizeOf} it
     */
    public static SharedMemory adopt(int fd, long length) {
        SharedMemory memory = new SharedMemory(fd, length);
        memory.closeDescriptor();
        return memory;
    }

    /** Bytes of a file as fstat(2) says, whatever a peer says; -1 where it cannot be asked. */
    public static long sizeOf(int fd) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment stat = scratch.allocate(STAT_LENGTH, Long.BYTES);
            return Libc.fstat(fd, stat) < 0 ? -1 : stat.get(JAVA_LONG, STAT_SIZE_OFFSET);
        }
    }

    /** Whether the file can no longer be cut short under a mapping; false for what is not a memfd. */
    public static boolean isSealedAgainstShrinking(int fd) {
        long seals = Libc.fcntl(fd, F_GET_SEALS, 0);
        return seals > 0 && (seals & F_SEAL_SHRINK) != 0;
    }

    private static MemorySegment map(int fd, long length, Arena arena) {
        long address = SystemCallException.check(
            Libc.mmap(0, length, PROT_READ_WRITE, MAP_SHARED, fd, 0), "mmap", length + " bytes");
        return MemorySegment.ofAddress(address).reinterpret(length, arena, _ -> unmapAside(address, length));
    }

    /**
     * Giving back the pages of a ring of hundreds of megabytes takes tens of milliseconds, and who closes may have packets waiting. Nobody
     * can reach the bytes any more.
     */
    private static void unmapAside(long address, long length) {
        Thread.startVirtualThread(() -> Libc.munmap(address, length));
    }

    /** The descriptor to pass on; -1 for adopted memory. */
    public int fd() {
        return fd;
    }

    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            BorrowedMemory.close(arena);
            closeDescriptor();
        }
    }

    private void closeDescriptor() {
        if (fd >= 0) {
            Descriptors.close(fd);
            fd = -1;
        }
    }
}
