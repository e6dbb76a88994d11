package io.mcm.control;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One client's conversation. Requests are answered in turn. Whatever cannot be answered ends the connection, because the
 * protocol has no error answer and a client of the 24.09 SDK would wait for ever; and the end of the connection ends its sessions.
 * QUERY and DESTROY reach only sessions that this connection created: the answer to QUERY lets its reader take the media.
 */
final class ControlConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ControlConnection.class.getName());

    private final Socket socket;
    private final SessionService service;
    private final ControlLimits limits;
    private final ExactReader in;
    private final OutputStream out;
    private final Set<Integer> sessions = new LinkedHashSet<>();

    ControlConnection(Socket socket, SessionService service, ControlLimits limits) throws IOException {
        this.socket = socket;
        this.service = service;
        this.limits = limits;
        socket.setTcpNoDelay(true);
        // A client whose machine went away must not keep its sessions for ever.
        socket.setKeepAlive(true);
        in = new ExactReader(socket);
        out = socket.getOutputStream();
    }

    /**
     * Answers until the client closes its side, or has no session and nothing to say: clients of the C SDK never close.
     *
     * @throws IOException naming the reason for which this side ends it
     */
    void serve() throws IOException {
        byte[] header = new byte[MessageDescriptor.LENGTH];
        while (awaitMessage(header)) {
            long deadline = System.nanoTime() + limits.message().toNanos();
            // The header first: a stranger's bytes may be fewer than a command.
            read(header, 1, MessageDescriptor.HEADER_LENGTH, deadline);
            MessageDescriptor.checkHeader(Struct.of(header));
            read(header, MessageDescriptor.HEADER_LENGTH, MessageDescriptor.LENGTH, deadline);
            Command command = MessageDescriptor.checkCommand(Struct.of(header));
            byte[] data = new byte[command.dataLength()];
            read(data, 0, data.length, deadline);
            answer(command, data);
        }
    }

    /** Ends every session of this connection. */
    @Override
    public void close() {
        for (int session : sessions) {
            try {
                service.destroy(session);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "session " + session + " did not end", e);
            }
        }
        sessions.clear();
    }

    private boolean awaitMessage(byte[] header) throws IOException {
        try {
            return in.first(header, sessions.isEmpty() ? limits.idle() : Duration.ZERO);
        } catch (SocketTimeoutException _) {
            LOG.log(System.Logger.Level.DEBUG, "{0} has no session and asks for none; closed", socket.getRemoteSocketAddress());
            return false;
        }
    }

    private void read(byte[] buffer, int offset, int end, long deadline) throws IOException {
        try {
            if (!in.fill(buffer, offset, end, deadline)) {
                throw new ProtocolException("ended in the middle of a request");
            }
        } catch (SocketTimeoutException e) {
            throw new ProtocolException("a request must be complete within " + limits.message().toMillis() + " ms, " + e.getMessage());
        }
    }

    private void answer(Command command, byte[] data) throws IOException {
        switch (command) {
            case CREATE_SESSION -> create(ConnectionParamDescriptor.decode(data));
            case QUERY_MEMIF_PARAM -> query(MessageDescriptor.decodeId(data));
            case DESTROY_SESSION -> destroy(MessageDescriptor.decodeId(data));
        }
    }

    private void create(ConnectionParam param) throws IOException {
        int id = service.create(param);
        if (id == 0 || !sessions.add(id)) {
            throw new IllegalStateException("session id " + id + ", must not be 0 and not in use");
        }
        send(MessageDescriptor.encodeId(id));
    }

    private void query(int id) throws IOException {
        if (!sessions.contains(id)) {
            throw foreign("QUERY", id);
        }
        send(MemifParamDescriptor.encode(service.query(id)));
    }

    /** There is no answer, and the client may go on to create another session. */
    private void destroy(int id) throws IOException {
        if (!sessions.remove(id)) {
            throw foreign("DESTROY", id);
        }
        service.destroy(id);
    }

    private ProtocolException foreign(String command, int id) {
        return new ProtocolException(
            command + " of session " + Integer.toUnsignedString(id) + ", sessions of this connection are " + sessions);
    }

    /** One write each, because the C SDK does one read each. */
    private void send(byte[] answer) throws IOException {
        out.write(answer);
    }
}
