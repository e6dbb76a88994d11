package io.mcm.control;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads whole structs from a socket, however TCP cuts them, each by a deadline that no drip of bytes can move. */
final class ExactReader {

    private static final int END_OF_STREAM = -1;
    private static final int NO_TIMEOUT = 0;

    private final Socket socket;
    private final InputStream in;

    ExactReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * Waits for the first byte of a struct.
     *
     * @param timeout zero for as long as it takes
     * @return false when the peer closed its side instead
     * @throws SocketTimeoutException when nothing came in time
     */
    boolean first(byte[] buffer, Duration timeout) throws IOException {
        socket.setSoTimeout(timeout.isZero() ? NO_TIMEOUT : millis(timeout.toNanos()));
        return in.read(buffer, 0, 1) != END_OF_STREAM;
    }

    /**
     * Fills {@code buffer} from {@code offset} to {@code end}.
     *
     * @return false when the peer closed its side before that
     * @throws SocketTimeoutException when {@code deadline} ({@link System#nanoTime}) passed
     */
    boolean fill(byte[] buffer, int offset, int end, long deadline) throws IOException {
        int at = offset;
        while (at < end) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException(at + " of " + end + " bytes came in time");
            }
            socket.setSoTimeout(millis(left));
            int count = in.read(buffer, at, end - at);
            if (count == END_OF_STREAM) {
                return false;
            }
            at += count;
        }
        return true;
    }

    /** At least 1: to a socket 0 means for ever. */
    private static int millis(long nanos) {
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, Integer.MAX_VALUE);
    }
}
