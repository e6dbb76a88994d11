package io.mcm.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds compound RTCP packets byte by byte, by the RFC and without the code under test. */
public final class RtcpDatagram {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RtcpDatagram() {}

    public static RtcpDatagram empty() {
        return new RtcpDatagram();
    }

    /** A compound as a camera sends it: sender report, CNAME. */
    public static RtcpDatagram report(int ssrc, long ntp, int rtpTimestamp) {
        return empty().senderReport(ssrc, ntp, rtpTimestamp).description(ssrc, "camera@10.0.0.1");
    }

    public RtcpDatagram senderReport(int ssrc, long ntp, int rtpTimestamp, int... block) {
        ByteBuffer body = ByteBuffer.allocate(24 + block.length * 4);
        body.putInt(ssrc).putLong(ntp).putInt(rtpTimestamp).putInt(1000).putInt(1_000_000);
        for (int word : block) {
            body.putInt(word);
        }
        return packet(block.length / 6, 200, body.array());
    }

    public RtcpDatagram receiverReport(int ssrc, int... block) {
        ByteBuffer body = ByteBuffer.allocate(4 + block.length * 4).putInt(ssrc);
        for (int word : block) {
            body.putInt(word);
        }
        return packet(block.length / 6, 201, body.array());
    }

    public RtcpDatagram description(int ssrc, String cname) {
        byte[] text = cname.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(4 + (2 + text.length) / 4 * 4 + 4);
        return packet(1, 202, body.putInt(ssrc).put((byte) 1).put((byte) text.length).put(text).array());
    }

    public RtcpDatagram goodbye(int... ssrcs) {
        ByteBuffer body = ByteBuffer.allocate(ssrcs.length * 4);
        for (int ssrc : ssrcs) {
            body.putInt(ssrc);
        }
        return packet(ssrcs.length, 203, body.array());
    }

    /** One packet whose body, whole words, is given. */
    public RtcpDatagram packet(int count, int type, byte... body) {
        out.write(0x80 | count);
        out.write(type);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) (body.length / 4)).array());
        out.writeBytes(body);
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
