package io.mcm.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * How large a terminal is now (ioctl_tty(2), struct winsize).
 *
 * <pre>
 *    0          2          4          6
 *   | ws_row   | ws_col   | ws_xpixel | ws_ypixel |
 * </pre>
 */
public record TerminalSize(int rows, int columns) {

    public static final int STANDARD_OUTPUT = 1;
    public static final int STANDARD_ERROR = 2;

    private static final long TIOCGWINSZ = 0x5413;
    private static final int ROWS_OFFSET = 0;
    private static final int COLUMNS_OFFSET = 2;
    private static final int WINSIZE_LENGTH = 8;
    /** Of a terminal that does not say, as serial lines do: what all terminals since the VT100 have. */
    private static final TerminalSize UNKNOWN = new TerminalSize(24, 80);

    /** Empty where the descriptor is no terminal. */
    public static Optional<TerminalSize> of(int fd) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment size = scratch.allocate(WINSIZE_LENGTH);
            if (Libc.ioctl(fd, TIOCGWINSZ, size) < 0) {
                return Optional.empty();
            }
            int rows = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, ROWS_OFFSET));
            int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_OFFSET));
            return Optional.of(rows == 0 || columns == 0 ? UNKNOWN : new TerminalSize(rows, columns));
        }
    }
}
