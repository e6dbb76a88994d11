package io.mcm.camera.rtsp;

import io.mcm.rtsp.InterleavedFrame;
import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspMessage;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.RtspHeaders;
import io.mcm.rtsp.SessionHeader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A client whose every step a test says. */
final class TestPlayer implements Closeable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A packet of the connection. */
    record Frame(int channel, byte[] packet) {}

    final RtspConnection connection;
    final Socket socket;
    private final String url;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private int number;
    private String session;

    TestPlayer(RtspServer server) throws IOException {
        this(server.address(), server.url());
    }

    TestPlayer(InetSocketAddress server, String url) throws IOException {
        this.url = url;
        socket = new Socket();
        socket.connect(server);
        connection = new RtspConnection(socket, System::nanoTime);
    }

    /** @param fields name, value, name, value... */
    RtspResponse ask(String method, String suffix, String... fields) throws IOException {
        RtspHeaders headers = RtspHeaders.NONE.with("CSeq", Integer.toString(++number));
        if (session != null) {
            headers = headers.with("Session", session);
        }
        for (int i = 0; i < fields.length; i += 2) {
            headers = headers.with(fields[i], fields[i + 1]);
        }
        connection.write(new RtspRequest(method, url + suffix, headers));
        RtspMessage message = connection.read(PATIENCE);
        while (message instanceof InterleavedFrame frame) {
            frames.add(copy(frame));
            message = connection.read(PATIENCE);
        }
        RtspResponse response = (RtspResponse) message;
        if (response == null || !response.headers().first("CSeq").orElse("").equals(Integer.toString(number))) {
            throw new IOException("answer " + response + " to request " + number);
        }
        return response;
    }

    RtspResponse setUp(String transport) throws IOException {
        RtspResponse response = ask("SETUP", "/track0", "Transport", transport);
        session = response.headers().first("Session").map(field -> SessionHeader.parse(field).id()).orElse(null);
        return response;
    }

    /** The next packet; null where the connection ended. */
    Frame frame() throws IOException {
        if (!frames.isEmpty()) {
            return frames.remove();
        }
        RtspMessage message = connection.read(PATIENCE);
        return message instanceof InterleavedFrame frame ? copy(frame) : null;
    }

    private static Frame copy(InterleavedFrame frame) {
        return new Frame(frame.channel(), frame.segment().asSlice(0, frame.length()).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void close() {
        connection.close();
    }
}
