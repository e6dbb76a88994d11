package io.mcm.conformance.differential;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An RTSP server for one viewer (RFC 2326), whose RTP is interleaved into the TCP connection (section 10.12): as fast as the viewer
 * takes it, none lost, and closed at the end, so that the viewer knows it. Over UDP a viewer waits seconds to learn that.
 *
 * <pre>
 *   | '$' 1 | channel 1 | length 2 | RTP packet
 * </pre>
 */
final class RtspCamera implements Closeable {

    private static final int INTERLEAVED = '$';
    private static final int RTP_CHANNEL = 0;

    private final RtpPackets packets;
    private final ServerSocket server;

    private RtspCamera(RtpPackets packets) throws IOException {
        this.packets = packets;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    static RtspCamera serving(RtpPackets packets) throws IOException {
        RtspCamera camera = new RtspCamera(packets);
        Thread.ofVirtual().name("rtsp camera").start(camera::serve);
        return camera;
    }

    String url() {
        return "rtsp://127.0.0.1:" + server.getLocalPort() + "/camera";
    }

    private void serve() {
        try (Socket viewer = server.accept();
             BufferedReader requests = new BufferedReader(new InputStreamReader(viewer.getInputStream(), StandardCharsets.ISO_8859_1));
             OutputStream out = viewer.getOutputStream()) {
            String request = requests.readLine();
            while (request != null && !request.startsWith("PLAY")) {
                answer(out, request, sequence(requests));
                request = requests.readLine();
            }
            answer(out, "PLAY", sequence(requests));
            play(out);
            viewer.shutdownOutput();
            requests.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw new UncheckedIOException("the viewer of " + url(), e);
        }
    }

    /** Reads a request's header fields. */
    private static String sequence(BufferedReader requests) throws IOException {
        String sequence = "";
        for (String line = requests.readLine(); line != null && !line.isEmpty(); line = requests.readLine()) {
            if (line.startsWith("CSeq:")) {
                sequence = line;
            }
        }
        return sequence;
    }

    private void answer(OutputStream out, String request, String sequence) throws IOException {
        String more = switch (request.split(" ")[0]) {
            case "OPTIONS" -> "Public: DESCRIBE, SETUP, PLAY\r\n\r\n";
            case "DESCRIBE" -> "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s".formatted(sdp().length(), sdp());
            case "SETUP" -> "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n";
            default -> "Session: 1\r\n\r\n";
        };
        out.write(("RTSP/1.0 200 OK\r\n" + sequence + "\r\n" + more).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** With a picture size, without which ffmpeg copies no stream whose SPS it has not seen. */
    private String sdp() {
        int type = packets.payloadType();
        return String.join("\r\n", "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=-", "t=0 0", "m=video 0 RTP/AVP " + type,
            "a=rtpmap:" + type + " H264/90000", "a=fmtp:" + type + " packetization-mode=1", "a=framesize:" + type + " 640-480",
            "a=control:1", "");
    }

    private void play(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        for (RtpPackets.Arrival arrival : packets.all()) {
            out.writeByte(INTERLEAVED);
            out.writeByte(RTP_CHANNEL);
            out.writeShort(arrival.packet().length);
            out.write(arrival.packet());
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
