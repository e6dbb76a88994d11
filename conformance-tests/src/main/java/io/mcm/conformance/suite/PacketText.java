package io.mcm.conformance.suite;

import java.nio.ByteBuffer;

/** A packet or NAL unit in words, read with no code of the product. */
final class PacketText {

    private static final int SEQUENCE = 2;
    private static final int TIMESTAMP = 4;
    private static final int SSRC = 8;
    private static final int MARKER = 0x80;
    private static final int TYPE = 0x1f;
    private static final int FU_B = 29;

    private PacketText() {}

    static String of(byte[] packet) {
        if (packet.length < RtpStream.RTP_HEADER) {
            return "not an RTP packet: " + packet.length + " bytes";
        }
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        StringBuilder text = new StringBuilder("RTP v%d seq %d ts %d ssrc 0x%08x pt %d%s".formatted(packet[0] >> 6 & 3,
            Short.toUnsignedInt(bytes.getShort(SEQUENCE)), Integer.toUnsignedLong(bytes.getInt(TIMESTAMP)), bytes.getInt(SSRC),
            packet[1] & 0x7f, (packet[1] & MARKER) == 0 ? "" : " marker"));
        boolean plain = (packet[0] & 0x3f) == 0;
        if (plain && packet.length > RtpStream.RTP_HEADER) {
            text.append(", ").append(payload(packet));
        }
        return text.toString();
    }

    private static String payload(byte[] packet) {
        int type = packet[RtpStream.RTP_HEADER] & TYPE;
        if ((type == RtpStream.FU_A || type == FU_B) && packet.length > RtpStream.RTP_HEADER + 1) {
            int header = packet[RtpStream.RTP_HEADER + 1];
            return "%s of type %d%s%s".formatted(type == FU_B ? "FU-B" : "FU-A", header & TYPE, (header & 0x80) == 0 ? "" : " start",
                (header & 0x40) == 0 ? "" : " end");
        }
        return type == RtpStream.STAP_A ? "STAP-A" : "type " + type;
    }

    static String unit(byte[] unit) {
        return unit.length == 0 ? "empty NAL unit" : "NAL unit of type " + (unit[0] & TYPE);
    }
}
