package io.mcm.conformance.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A session that was asked for by hand. */
final class RawSession implements AutoCloseable {

    private static final int PATIENCE_MILLIS = (int) Scene.PATIENCE.toMillis();
    /** 24.09 waits a second for its tasklet. */
    private static final int END_MILLIS = 2_000;

    private final ControlWire wire;
    private final int id;
    private final int port;
    private final List<HandConsumer> consumers = new ArrayList<>();
    private boolean destroyed;
    private boolean closed;

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
        return of(wire, answer, port);
    }

    /** @param id as the proxy answered */
    static RawSession of(ControlWire wire, byte[] id, int port) {
        return new RawSession(wire, ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN).getInt(), port);
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

    /** A consumer that has connected to nothing but the socket; it is closed when the session has ended. */
    HandConsumer consumer(MemifAnswer answer) throws CaseFailure {
        HandConsumer consumer = HandConsumer.of(answer, wire.evidence());
        consumers.add(consumer);
        return consumer;
    }

    /** QUERY and memif, as every client of the C SDK: a session that ends without stops 24.09's scheduler, and so the cases after this. */
    MemifAnswer map() throws IOException, CaseFailure {
        MemifAnswer answer = query();
        consumer(answer).connected();
        return answer;
    }

    void destroy() throws IOException {
        destroyed = true;
        wire.send(WireMessage.about(WireMessage.DESTROY, id));
    }

    /** As the C SDK: first the session, and when the proxy has ended it the memory that it writes to. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (wire) {
            if (!destroyed) {
                destroy();
            }
            wire.endSending();
            wire.next(END_MILLIS);
        } finally {
            consumers.forEach(HandConsumer::close);
        }
    }
}
