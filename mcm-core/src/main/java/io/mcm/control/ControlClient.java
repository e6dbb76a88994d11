package io.mcm.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A micro-service's side of the control protocol, for our proxy and for the one of MCM 24.09. Not for several threads at once.
 * The sessions it creates end when it is closed.
 */
public final class ControlClient implements AutoCloseable {

    private final InetSocketAddress proxy;
    private final Duration timeout;
    private final Socket socket;
    private final ExactReader in;

    private ControlClient(InetSocketAddress proxy, Duration timeout, Socket socket) throws IOException {
        this.proxy = proxy;
        this.timeout = timeout;
        this.socket = socket;
        this.in = new ExactReader(socket);
    }

    /**
     * Connects to a proxy's control port.
     *
     * @param timeout for the connection, and later for each answer
     * @throws IOException naming the address and the reason
     */
    public static ControlClient connect(InetSocketAddress proxy, Duration timeout) throws IOException {
        if (proxy.isUnresolved()) {
            throw new IOException("no media proxy at " + where(proxy) + ": unknown host");
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(proxy, Math.toIntExact(Math.max(1, timeout.toMillis())));
            return new ControlClient(proxy, timeout, socket);
        } catch (IOException e) {
            socket.close();
            throw new IOException("no media proxy at " + where(proxy) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Asks for a session.
     *
     * @return its id
     * @throws SessionRefusedException when the proxy closes instead of answering; it has no way to say why
     * @throws SocketTimeoutException  when it does neither: a 24.09 proxy that fails to create a session
     */
    public int create(ConnectionParam param) throws IOException {
        byte[] id = new byte[MessageDescriptor.SESSION_ID_LENGTH];
        if (!ask(Command.CREATE_SESSION, ConnectionParamDescriptor.encode(param), id)) {
            throw new SessionRefusedException("the proxy at " + where(proxy) + " refused the session; see its log");
        }
        int sessionId = MessageDescriptor.decodeId(id);
        if (sessionId == 0) {
            throw new ProtocolException("session id 0 from " + where(proxy) + ", must not be 0");
        }
        return sessionId;
    }

    /** Asks how to reach the memif of a session that this client created. */
    public MemifParam query(int sessionId) throws IOException {
        byte[] param = new byte[MemifParamDescriptor.LENGTH];
        if (!ask(Command.QUERY_MEMIF_PARAM, MessageDescriptor.encodeId(sessionId), param)) {
            throw new ProtocolException(
                "the proxy at " + where(proxy) + " closed instead of describing session " + Integer.toUnsignedString(sessionId));
        }
        return MemifParamDescriptor.decode(param);
    }

    /** Ends a session; there is no answer. The 24.09 proxy closes the connection then, ours keeps it open. */
    public void destroy(int sessionId) throws IOException {
        send(Command.DESTROY_SESSION, MessageDescriptor.encodeId(sessionId));
    }

    /**
     * Ends a session, asks for nothing more, and waits until the proxy has done so and closes the connection: then it does not touch the
     * session's memory any more.
     *
     * @return false where it had not closed within {@code patience}
     * @throws IOException when the connection broke: the proxy is gone, and with it the session
     */
    public boolean end(int sessionId, Duration patience) throws IOException {
        destroy(sessionId);
        socket.shutdownOutput();
        try {
            return !in.first(new byte[1], patience);
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    /**
     * Waits until the proxy closes the connection, which ends every session of this client: the proxy went away.
     *
     * @throws IOException when the connection broke, or {@link #close} ended the wait
     */
    public void awaitEnd() throws IOException {
        byte[] unexpected = new byte[1];
        if (in.first(unexpected, Duration.ZERO)) {
            throw new ProtocolException("byte 0x%02x from %s that nothing asked for".formatted(unexpected[0], where(proxy)));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** False when the proxy closed the connection instead of answering. */
    private boolean ask(Command command, byte[] data, byte[] answer) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            send(command, data);
            return in.fill(answer, 0, answer.length, deadline);
        } catch (SocketTimeoutException _) {
            throw new SocketTimeoutException(
                "no answer to " + command + " from the proxy at " + where(proxy) + " within " + timeout.toMillis() + " ms");
        } catch (SocketException e) {
            if (socket.isClosed()) {
                throw e;
            }
            return false; // reset: closed while our bytes were still on their way
        }
    }

    private void send(Command command, byte[] data) throws IOException {
        socket.getOutputStream().write(MessageDescriptor.encode(command, data));
    }

    private static String where(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
