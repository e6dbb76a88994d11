package io.mcm.conformance.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A session that was asked for by hand. */
final class RawSession implements AutoCloseable {

    private static final int PATIENCE_MILLIS = (int) Scene.PATIENCE.toMillis();

    private final ControlWire wire;
    private final int id;
    private final int port;
    private boolean ended;

    private RawSession(ControlWire wire, int id, int port) {
        this.wire = wire;
        this.id = id;
        this.port = port;
    }

    static RawSession create(ControlWire wire, int port) throws IOException, CaseFailure {
        wire.send(WireMessage.create(port));
        return created(wire, port);
    }

    /** The request has been sent already. */
    static RawSession created(ControlWire wire, int port) throws IOException, CaseFailure {
        byte[] answer = wire.receive(WireMessage.ID_LENGTH, PATIENCE_MILLIS);
        if (answer.length < WireMessage.ID_LENGTH) {
            throw new CaseFailure("a session id of four bytes", answer.length + " bytes");
        }
        return new RawSession(wire, ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt(), port);
    }

    int id() {
        return id;
    }

    int port() {
        return port;
    }

    ControlWire wire() {
        return wire;
    }

    MemifAnswer query() throws IOException, CaseFailure {
        wire.send(WireMessage.about(WireMessage.QUERY, id));
        return answer();
    }

    MemifAnswer answer() throws IOException, CaseFailure {
        byte[] answer = wire.receive(MemifAnswer.LENGTH, PATIENCE_MILLIS);
        if (answer.length < MemifAnswer.LENGTH) {
            throw new CaseFailure("memif parameters of " + MemifAnswer.LENGTH + " bytes", answer.length + " bytes");
        }
        return new MemifAnswer(answer);
    }

    void destroy() throws IOException {
        ended = true;
        wire.send(WireMessage.about(WireMessage.DESTROY, id));
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            destroy();
        }
        wire.close();
    }
}
