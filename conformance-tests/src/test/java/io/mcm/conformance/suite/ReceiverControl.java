package io.mcm.conformance.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The control connection of a {@link FaultyReceiver}. */
final class ReceiverControl {

    private static final int PATIENCE_MILLIS = 3_000;
    /** To a socket 0 means for ever. */
    private static final int FOR_EVER = 0;

    private final ReceiverFault fault;
    private final ControlWire wire;
    private int id;

    private ReceiverControl(ReceiverFault fault, ControlWire wire) {
        this.fault = fault;
        this.wire = wire;
    }

    static ReceiverControl connect(ReceiverFault fault, Scene scene) throws CaseFailure {
        return new ReceiverControl(fault, scene.wire());
    }

    MemifAnswer session(int udp) throws IOException, CaseFailure {
        wire.send(create(udp));
        id = ByteBuffer.wrap(answer(WireMessage.ID_LENGTH)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        wire.send(WireMessage.about(WireMessage.QUERY, fault == ReceiverFault.QUERIES_ANOTHER_SESSION ? 1 : id));
        byte[] answer = answer(MemifAnswer.LENGTH);
        if (fault == ReceiverFault.FORGETS_THE_INTERFACE_ID) {
            Arrays.fill(answer, MemifAnswer.INTERFACE_ID_OFFSET, MemifAnswer.INTERFACE_NAME_OFFSET, (byte) 0);
        }
        return new MemifAnswer(answer);
    }

    private byte[] create(int udp) {
        byte[] create = WireMessage.create(fault == ReceiverFault.NAMES_ANOTHER_PORT ? udp + 1 : udp);
        if (fault == ReceiverFault.WRITES_DATA_LEN_BIG_ENDIAN) {
            ByteBuffer.wrap(create).putShort(WireMessage.LENGTH_OFFSET, (short) WireMessage.PARAM_LENGTH);
        }
        return create;
    }

    /** Where one read is all, the rest is zero, as in the C SDK. */
    private byte[] answer(int length) throws IOException, CaseFailure {
        if (fault == ReceiverFault.READS_EACH_ANSWER_ONCE) {
            return Arrays.copyOf(wire.receiveOnce(length), length);
        }
        byte[] answer = wire.receive(length, fault == ReceiverFault.WAITS_FOR_EVER_FOR_AN_ANSWER ? FOR_EVER : PATIENCE_MILLIS);
        if (answer.length < length) {
            throw new CaseFailure(length + " bytes", answer.length + " bytes");
        }
        return answer;
    }

    boolean isGone() throws IOException {
        byte[] came = wire.next(1);
        return came != null && came.length == 0;
    }

    void destroy() {
        try {
            wire.send(WireMessage.about(WireMessage.DESTROY, id));
        } catch (IOException _) {
            // The proxy is gone, and the session with it.
        }
    }
}
