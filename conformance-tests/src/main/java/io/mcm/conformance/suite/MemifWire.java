package io.mcm.conformance.suite;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.foreign.SystemCallException;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A client's end of memif's control socket, message by message after VPP's {@code memif.h} and with no code of the product's memif.
 *
 * <pre>
 *   HELLO       type 0:2   name 2:32   min version 34:2   max version 36:2   max region 38:2   max m2s ring 40:2   max s2m ring 42:2
 *               max log2 ring size 44:1
 *   INIT        type 0:2   version 2:2   id 4:4   mode 8:1   secret 9:24   name 33:32
 *   ADD_REGION  type 0:2   index 2:2   size 4:8                                        and the memory's descriptor
 *   ADD_RING    type 0:2   flags 2:2   index 4:2   region 6:2   offset 8:4   log2 size 12:1   private header 13:2   and an eventfd
 *   CONNECT     type 0:2   interface name 2:32
 *   DISCONNECT  type 0:2   code 2:4   text 6:96
 * </pre>
 */
public final class MemifWire implements AutoCloseable {

    public static final int MESSAGE = 128;
    public static final int ACK = 1;
    public static final int HELLO = 2;
    public static final int INIT = 3;
    public static final int ADD_REGION = 4;
    public static final int ADD_RING = 5;
    public static final int CONNECT = 6;
    public static final int CONNECTED = 7;
    public static final int DISCONNECT = 8;
    /** The peer has closed. */
    public static final int END = -1;
    /** Nothing came within the patience. */
    public static final int SILENCE = -2;

    public static final int INIT_VERSION_OFFSET = 2;
    public static final int INIT_ID_OFFSET = 4;
    public static final int INIT_MODE_OFFSET = 8;
    public static final int INIT_SECRET_OFFSET = 9;
    public static final int SECRET_LENGTH = 24;
    public static final int NAME_LENGTH = 32;
    public static final int REGION_INDEX_OFFSET = 2;
    public static final int REGION_SIZE_OFFSET = 4;
    public static final int RING_FLAGS_OFFSET = 2;
    public static final int RING_INDEX_OFFSET = 4;
    public static final int RING_REGION_OFFSET = 6;
    public static final int RING_OFFSET_OFFSET = 8;
    public static final int RING_LOG2_SIZE_OFFSET = 12;
    public static final int RING_PRIVATE_HEADER_OFFSET = 13;

    public static final int HELLO_MIN_VERSION_OFFSET = 34;
    public static final int HELLO_MAX_VERSION_OFFSET = 36;
    public static final int HELLO_MAX_REGION_OFFSET = 38;
    public static final int HELLO_MAX_M2S_OFFSET = 40;
    public static final int HELLO_MAX_S2M_OFFSET = 42;
    public static final int HELLO_MAX_LOG2_OFFSET = 44;
    public static final int HELLO_NAME_OFFSET = 2;
    public static final int DISCONNECT_TEXT_OFFSET = 6;
    public static final int INIT_NAME_OFFSET = 33;
    public static final int CONNECT_NAME_OFFSET = 2;
    public static final int VERSION = 0x0200;

    private final Evidence evidence;
    private final UnixSocket socket;
    private final MemorySegment incoming = Arena.ofAuto().allocate(MESSAGE, 8);
    private boolean closed;

    private MemifWire(UnixSocket socket, Evidence evidence) {
        this.socket = socket;
        this.evidence = evidence;
    }

    /** @throws CaseFailure where nobody listens there */
    static MemifWire connect(String path, Evidence evidence) throws CaseFailure {
        try {
            MemifWire wire = new MemifWire(UnixSocket.connect(new UnixAddress(path)), evidence);
            evidence.note("connected to " + path);
            return wire;
        } catch (SystemCallException e) {
            throw new CaseFailure("a memif listener at " + path, e.getMessage());
        }
    }

    public static MemorySegment message(int type) {
        MemorySegment message = Arena.ofAuto().allocate(MESSAGE, 8);
        message.set(JAVA_SHORT_UNALIGNED, 0, (short) type);
        return message;
    }

    static MemorySegment init(int id) {
        MemorySegment init = message(INIT);
        init.set(JAVA_SHORT_UNALIGNED, INIT_VERSION_OFFSET, (short) VERSION);
        init.set(JAVA_INT_UNALIGNED, INIT_ID_OFFSET, id);
        init.setString(INIT_NAME_OFFSET, "by hand");
        return init;
    }

    static MemorySegment region(int index, long size) {
        MemorySegment region = message(ADD_REGION);
        region.set(JAVA_SHORT_UNALIGNED, REGION_INDEX_OFFSET, (short) index);
        region.set(JAVA_LONG_UNALIGNED, REGION_SIZE_OFFSET, size);
        return region;
    }

    /** The first ring of its direction, in region 0. @param s2m from client to server */
    static MemorySegment ring(boolean s2m, long offset, int log2) {
        MemorySegment ring = message(ADD_RING);
        ring.set(JAVA_SHORT_UNALIGNED, RING_FLAGS_OFFSET, (short) (s2m ? 1 : 0));
        ring.set(JAVA_INT_UNALIGNED, RING_OFFSET_OFFSET, (int) offset);
        ring.set(JAVA_BYTE, RING_LOG2_SIZE_OFFSET, (byte) log2);
        return ring;
    }

    static MemorySegment connectMessage() {
        MemorySegment connect = message(CONNECT);
        connect.setString(CONNECT_NAME_OFFSET, "by hand");
        return connect;
    }

    /** @param passed a descriptor to go with it, or -1 */
    void send(MemorySegment message, int passed) {
        evidence.note("memif message of type " + message.get(JAVA_BYTE, 0) + ", " + message.byteSize() + " bytes"
            + (passed < 0 ? "" : " and a descriptor"));
        socket.send(message, passed);
    }

    /** Type of the next message, {@link #END} or {@link #SILENCE}. */
    int receive() {
        int[] length = new int[1];
        // Below zero: nothing yet; above: a reset, which is an end too.
        boolean came = Scene.soon(() -> {
            length[0] = socket.receive(incoming);
            return length[0] >= 0 || length[0] != WOULD_BLOCK;
        });
        int type = !came ? SILENCE : length[0] <= 0 ? END : incoming.get(JAVA_SHORT_UNALIGNED, 0);
        evidence.note("memif: " + (type == END ? "closed by the proxy" : type == SILENCE ? "silence" : "message of type "
            + type));
        return type;
    }

    /** EAGAIN of Linux. */
    public static final int WOULD_BLOCK = -11;

    void expect(int type) throws CaseFailure {
        int got = receive();
        if (got != type) {
            throw new CaseFailure("a memif message of type " + type, got == END ? "the connection's end" : got == SILENCE
                ? "nothing" : "type " + got);
        }
    }

    /** The greeting, with a version that is ours. */
    void expectHello() throws CaseFailure {
        expect(HELLO);
        int min = incoming.get(JAVA_SHORT_UNALIGNED, HELLO_MIN_VERSION_OFFSET);
        int max = incoming.get(JAVA_SHORT_UNALIGNED, HELLO_MAX_VERSION_OFFSET);
        if (min > VERSION || max < VERSION) {
            throw new CaseFailure("versions around 2.0 in HELLO", Integer.toHexString(min) + " to " + Integer.toHexString(max));
        }
    }

    /** @throws CaseFailure where the proxy goes on with this client */
    void expectEnd() throws CaseFailure {
        int type = receive();
        while (type == ACK || type == CONNECTED || type == DISCONNECT) {
            type = receive();
        }
        if (type != END) {
            throw new CaseFailure("the end of the memif connection", type == SILENCE ? "it goes on" : "a message of type "
                + type);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }
}
