package io.mcm.conformance.suite;

import io.mcm.conformance.suite.Evidence.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A connection to a proxy's control port, byte by byte. */
public final class ControlWire implements AutoCloseable {

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

    /** Whether the proxy ends the connection. */
    public boolean isEnded(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
