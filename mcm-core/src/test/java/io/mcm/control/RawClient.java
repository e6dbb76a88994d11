package io.mcm.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** A client that says whatever the test wants it to say. */
final class RawClient implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 5_000;
    private static final int MORE_THAN_ANY_ANSWER = 4096;

    private final Socket socket;

    RawClient(InetSocketAddress server) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(server);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }

    RawClient send(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            socket.getOutputStream().write(part);
        }
        return this;
    }

    /** Each byte a write, and with Nagle off a segment, of its own. */
    RawClient sendByteByByte(byte[] bytes) throws IOException {
        for (byte b : bytes) {
            send(new byte[] {b});
        }
        return this;
    }

    RawClient endOfInput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** What one read gives, as the C SDK reads; empty at the end of the stream. */
    byte[] readOnce() throws IOException {
        byte[] answer = new byte[MORE_THAN_ANY_ANSWER];
        int length = socket.getInputStream().read(answer);
        return Arrays.copyOf(answer, Math.max(0, length));
    }

    /** True when the server ended the connection, in whichever way, without another byte. */
    boolean endsWithoutAnswer() throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (java.net.SocketException _) {
            return true; // reset: it closed with bytes of ours unread
        }
    }

    /** True when the server ends the connection, after whatever answers. */
    boolean ends() throws IOException {
        try {
            while (socket.getInputStream().read() != -1) {
                continue;
            }
        } catch (java.net.SocketException _) {
            return true;
        } catch (java.net.SocketTimeoutException _) {
            return false;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
