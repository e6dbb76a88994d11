package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.Evidence.Direction;
import io.mcm.conformance.suite.WireMessage;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;

/** The proxy's end of a control connection, byte by byte. */
final class ControlPeer implements AutoCloseable {

    private static final int LOOK_MILLIS = 50;
    private static final long PAUSE_NANOS = 2_000_000;

    private final Socket socket;
    private final SdkScene sdk;

    ControlPeer(Socket socket, SdkScene sdk) throws IOException {
        this.socket = socket;
        this.sdk = sdk;
        socket.setTcpNoDelay(true);
    }

    void send(byte... bytes) throws IOException {
        sdk.evidence().add(Direction.FROM_CONTROL, bytes, bytes.length + " bytes");
        socket.getOutputStream().write(bytes);
    }

    /** Each byte in a segment of its own, as far as the kernel lets it. */
    void sendSlowly(byte... bytes) throws IOException {
        for (byte each : bytes) {
            send(each);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    static byte[] id(int id) {
        return ByteBuffer.allocate(WireMessage.ID_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(id).array();
    }

    /** @throws CaseFailure where fewer bytes come */
    byte[] receive(int length, String what) throws IOException, CaseFailure {
        byte[] bytes = receiveAll(length);
        if (bytes.length < length) {
            throw new CaseFailure(what + ", " + length + " bytes", bytes.length + " bytes (" + HexFormat.of().formatHex(bytes) + "); " + sdk.state());
        }
        return bytes;
    }

    /** Fewer where the SDK closes before or says no more. */
    private byte[] receiveAll(int length) throws IOException {
        byte[] bytes = new byte[length];
        int got = 0;
        socket.setSoTimeout((int) SdkScene.PATIENCE.toMillis());
        try {
            for (int count = 0; got < length && count >= 0; got += Math.max(0, count)) {
                count = socket.getInputStream().read(bytes, got, length - got);
            }
        } catch (SocketTimeoutException | SocketException _) {
            // What has come is all.
        }
        byte[] all = Arrays.copyOf(bytes, got);
        sdk.evidence().add(Direction.TO_CONTROL, all, got + " of " + length + " bytes");
        return all;
    }

    /** The data of a request that must be this command's and so long; the padding may hold anything. */
    private byte[] request(int command, int length, String name) throws IOException, CaseFailure {
        byte[] header = receive(WireMessage.HEADER, "the header of " + name);
        byte[] expected = WireMessage.with(command, length);
        byte[] got = header.clone();
        Arrays.fill(got, WireMessage.VERSION_OFFSET + 1, WireMessage.COMMAND_OFFSET, (byte) 0);
        if (!Arrays.equals(expected, got)) {
            throw new CaseFailure("the header of " + name + ", " + HexFormat.of().formatHex(expected), HexFormat.of().formatHex(header));
        }
        return receive(length, "the data of " + name);
    }

    /** @return {@code mcm_conn_param}: a receiver of H.264 at the UDP port that it was told */
    byte[] expectCreate() throws IOException, CaseFailure {
        byte[] param = request(WireMessage.CREATE, WireMessage.PARAM_LENGTH, "CREATE_SESSION");
        ByteBuffer fields = ByteBuffer.wrap(param).order(ByteOrder.LITTLE_ENDIAN);
        expect("type", WireMessage.RECEIVE, fields.getInt(WireMessage.TYPE_OFFSET));
        expect("payload_type", WireMessage.RTSP_VIDEO, fields.getInt(WireMessage.PAYLOAD_TYPE_OFFSET));
        String port = text(param, WireMessage.LOCAL_PORT_OFFSET, WireMessage.LOCAL_PORT_LENGTH);
        if (!port.equals(String.valueOf(sdk.udpPort()))) {
            throw new CaseFailure("local_addr.port \"" + sdk.udpPort() + "\" with a NUL behind it", "\"" + port + "\"");
        }
        return param;
    }

    private static void expect(String field, int expected, int got) throws CaseFailure {
        if (got != expected) {
            throw new CaseFailure(field + " " + expected, String.valueOf(got));
        }
    }

    /** Up to its NUL; where none ends it, with a mark that makes it wrong. */
    static String text(byte[] bytes, int offset, int length) {
        String field = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        int end = field.indexOf(0);
        return end < 0 ? field + "(no NUL)" : field.substring(0, end);
    }

    void expectQuery(int id) throws IOException, CaseFailure {
        expectAbout(WireMessage.QUERY, "QUERY_MEMIF_PARAM", id);
    }

    void expectDestroy(int id) throws IOException, CaseFailure {
        expectAbout(WireMessage.DESTROY, "DESTROY_SESSION", id);
    }

    private void expectAbout(int command, String name, int id) throws IOException, CaseFailure {
        byte[] got = request(command, WireMessage.ID_LENGTH, name);
        if (!Arrays.equals(got, id(id))) {
            throw new CaseFailure(name + " of session " + Integer.toUnsignedString(id), HexFormat.of().formatHex(got));
        }
    }

    /** The SDK's whole way to its memif: CREATE, an id, QUERY, an answer. */
    void grant(int id, MemifOffer offer) throws IOException, CaseFailure {
        expectCreate();
        send(id(id));
        expectQuery(id);
        send(offer.bytes());
    }

    /** Whether the SDK has closed; what it still says is passed over. */
    boolean isEnded() {
        try {
            socket.setSoTimeout(LOOK_MILLIS);
            while (socket.getInputStream().read() >= 0) {
                // A DESTROY, perhaps.
            }
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** With a reset in place of an end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
