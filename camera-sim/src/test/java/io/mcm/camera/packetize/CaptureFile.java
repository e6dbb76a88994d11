package io.mcm.camera.packetize;

import io.mcm.camera.RecordingSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packets as a capture of UDP over IPv4 (pcap, LINKTYPE_RAW would do for tshark, but GStreamer wants Ethernet). */
final class CaptureFile {

    static final int PORT = 5_004;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int UDP = 8;

    private CaptureFile() {}

    static Path write(Path file, RecordingSink sink) throws IOException {
        int length = 24 + sink.packets.stream().mapToInt(packet -> 16 + ETHERNET + IPV4 + UDP + packet.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.BIG_ENDIAN);
        out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(1);
        for (int i = 0; i < sink.packets.size(); i++) {
            byte[] packet = sink.packets.get(i);
            int frame = ETHERNET + IPV4 + UDP + packet.length;
            // A microsecond apart, so that none are simultaneous.
            long micros = sink.due.get(i) / 1_000 + i;
            out.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000)).putInt(frame).putInt(frame);
            out.put(new byte[12]).putShort((short) 0x0800);
            out.put(ipv4(UDP + packet.length));
            out.putShort((short) PORT).putShort((short) PORT).putShort((short) (UDP + packet.length)).putShort((short) 0).put(packet);
        }
        return Files.write(file, out.array());
    }

    private static byte[] ipv4(int payload) {
        ByteBuffer header = ByteBuffer.allocate(IPV4);
        header.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4 + payload)).putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0)
            .putInt(0x7f000001).putInt(0x7f000001);
        int sum = 0;
        for (int at = 0; at < IPV4; at += 2) {
            sum += header.getShort(at) & 0xffff;
        }
        header.putShort(10, (short) ~((sum & 0xffff) + (sum >> 16)));
        return header.array();
    }
}
