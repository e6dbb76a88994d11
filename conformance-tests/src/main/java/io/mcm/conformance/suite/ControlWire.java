package io.mcm.conformance.suite;

import io.mcm.conformance.suite.Evidence.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** A connection to a proxy's control port, byte by byte. */
public final class ControlWire implements AutoCloseable {

    private static final long PAUSE_NANOS = 200_000;

    private final Socket socket;
    private final Evidence evidence;

    private ControlWire(Socket socket, Evidence evidence) {
        this.socket = socket;
        this.evidence = evidence;
    }

    static ControlWire connect(InetSocketAddress control, Evidence evidence) throws CaseFailure {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(control, (int) Scene.PATIENCE.toMillis());
            return new ControlWire(socket, evidence);
        } catch (IOException e) {
            throw new CaseFailure("a connection to the control port", e.getMessage());
        }
    }

    public void send(byte... bytes) throws IOException {
        evidence.add(Direction.TO_CONTROL, bytes, bytes.length + " bytes");
        socket.getOutputStream().write(bytes);
    }

    /** Nothing more will be sent; the proxy's answers can still be read. */
    public void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** So many bytes, fewer where the proxy closes before or says no more. */
    public byte[] receive(int length, int timeoutMillis) throws IOException {
        byte[] bytes = new byte[length];
        int got = 0;
        try {
            socket.setSoTimeout(timeoutMillis);
            while (got < length) {
                int count = socket.getInputStream().read(bytes, got, length - got);
                if (count < 0) {
                    break;
                }
                got += count;
            }
        } catch (SocketTimeoutException | SocketException _) {
            // What has come is the answer.
        }
        byte[] answer = Arrays.copyOf(bytes, got);
        evidence.add(Direction.FROM_CONTROL, answer, got + " of " + length + " bytes");
        return answer;
    }

    /** Each byte in a segment of its own, as far as the kernel lets it. */
    public void sendSlowly(byte[] bytes, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            send(bytes[i]);
            pause();
        }
    }

    /** In two segments. */
    public void sendSplit(byte[] bytes, int at) throws IOException {
        send(Arrays.copyOf(bytes, at));
        pause();
        send(Arrays.copyOfRange(bytes, at, bytes.length));
    }

    /** Long enough for the other side to have read what was sent, most times. */
    private static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** What one read(2) gives: the C SDK reads each answer so. */
    public byte[] receiveOnce(int most) throws IOException {
        byte[] bytes = new byte[most];
        socket.setSoTimeout((int) Scene.PATIENCE.toMillis());
        try {
            int length = socket.getInputStream().read(bytes);
            byte[] answer = Arrays.copyOf(bytes, Math.max(0, length));
            evidence.add(Direction.FROM_CONTROL, answer, answer.length + " bytes at once");
            return answer;
        } catch (SocketTimeoutException | SocketException _) {
            return new byte[0];
        }
    }

    /**
     * What cannot be granted ends the connection, for its client waits.
     *
     * @throws CaseFailure where it goes on, or is answered
     */
    public void expectEnd(String after) throws IOException, CaseFailure {
        byte[] came = next((int) Scene.PATIENCE.toMillis());
        if (came == null || came.length > 0) {
            throw new CaseFailure("the end of the connection after " + after, came == null
                ? "nothing within " + Scene.PATIENCE.toSeconds() + " s" : "an answer of " + Units.describe(came));
        }
    }

    /** What the proxy does next: bytes that it says, none where it ends the connection, null where it does neither in time. */
    public byte[] next(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        try {
            byte[] bytes = new byte[MemifAnswer.LENGTH];
            int length = socket.getInputStream().read(bytes);
            byte[] came = Arrays.copyOf(bytes, Math.max(0, length));
            evidence.add(Direction.FROM_CONTROL, came, length < 0 ? "connection ended by the proxy" : length + " bytes");
            return came;
        } catch (SocketTimeoutException _) {
            return null;
        } catch (SocketException _) {
            return new byte[0];
        }
    }

    Evidence evidence() {
        return evidence;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
