package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * An address in the file system, or with a leading {@code @} in Linux's abstract namespace (unix(7)).
 *
 * <pre>
 *   struct sockaddr_un    family 0:2   path 2:108, NUL-terminated; abstract: NUL first, not terminated
 * </pre>
 */
public record UnixAddress(String path) {

    /** Bytes of {@code sun_path}, the closing NUL included. */
    public static final int MAX_PATH_LENGTH = 108;

    static final int AF_UNIX = 1;
    private static final int PATH_OFFSET = 2;
    private static final int LENGTH = PATH_OFFSET + MAX_PATH_LENGTH;

    public UnixAddress {
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length >= MAX_PATH_LENGTH) {
            throw new IllegalArgumentException(
                "socket path of " + length + " bytes, allowed are 1 to " + (MAX_PATH_LENGTH - 1) + ": " + path);
        }
    }

    public boolean isAbstract() {
        return path.startsWith("@");
    }

    MemorySegment toNative(Arena arena) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        MemorySegment address = arena.allocate(isAbstract() ? PATH_OFFSET + name.length : LENGTH, Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, PATH_OFFSET, name.length);
        if (isAbstract()) {
            address.set(JAVA_BYTE, PATH_OFFSET, (byte) 0);
        }
        return address;
    }

    @Override
    public String toString() {
        return path;
    }
}
