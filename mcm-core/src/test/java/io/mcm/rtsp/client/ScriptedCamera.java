package io.mcm.rtsp.client;

import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspMessage;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.RtspStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An RTSP server that answers each request as a test says. */
public final class ScriptedCamera implements AutoCloseable {

    public static final String SDP = String.join("\r\n", "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=control:*", "m=audio 0 RTP/AVP 0",
        "a=control:audio", "m=video 0 RTP/AVP 97", "a=rtpmap:97 H264/90000",
        "a=fmtp:97 packetization-mode=1;sprop-parameter-sets=Z0LAC5WgNoQAAAMABAAAAwCjwiEagA==,aM4JyA==", "a=control:video", "");

    private final ServerSocket listening;
    private final Function<RtspRequest, byte[]> script;
    private final List<RtspRequest> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** @param script the bytes to send for a request; null to close the connection */
    public ScriptedCamera(Function<RtspRequest, byte[]> script) throws IOException {
        this.script = script;
        listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "rtsp://user:secret@127.0.0.1:" + listening.getLocalPort() + "/live?channel=1";
    }

    public List<RtspRequest> asked() {
        return asked;
    }

    /** How often a method was asked for. */
    public long asked(String method) {
        return asked.stream().filter(request -> request.method().equals(method)).count();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket; RtspConnection connection = new RtspConnection(socket, System::nanoTime)) {
            OutputStream out = socket.getOutputStream();
            for (RtspMessage message = connection.read(null); message != null; message = connection.read(null)) {
                if (message instanceof RtspRequest request) {
                    asked.add(request);
                    byte[] answer = script.apply(request);
                    if (answer == null) {
                        return;
                    }
                    out.write(answer);
                }
            }
        } catch (IOException _) {
            // The client has gone.
        }
    }

    /** Makes all clients lose their connection. */
    public void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** What a camera answers that does all right. */
    public static RtspResponse good(RtspRequest request) {
        RtspResponse ok = new RtspResponse(RtspStatus.OK).with("CSeq", request.headers().first("CSeq").orElseThrow());
        return switch (request.method()) {
            case "DESCRIBE" -> ok.withBody("application/sdp", SDP);
            case "SETUP" -> ok.with("Session", "1234;timeout=3").with("Transport", request.headers().first("Transport").orElseThrow());
            default -> ok.with("Session", "1234");
        };
    }

    /** With that status and nothing else. */
    public static RtspResponse status(RtspRequest request, RtspStatus status) {
        return new RtspResponse(status).with("CSeq", request.headers().first("CSeq").orElseThrow());
    }

    public static byte[] bytes(RtspResponse response) {
        StringBuilder text = new StringBuilder("RTSP/1.0 " + response.code() + " " + response.reason() + "\r\n");
        for (String name : List.of("CSeq", "Content-Type", "Content-Base", "Session", "Transport", "WWW-Authenticate", "Location")) {
            response.headers().all(name).forEach(value -> text.append(name).append(": ").append(value).append("\r\n"));
        }
        return (text + "Content-Length: " + response.body().length + "\r\n\r\n" + response.bodyText()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        hangUp();
    }
}
