package io.mcm.camera.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes pcap files of UDP over IPv4 over Ethernet. */
public final class TestCapture {

    /** Bytes before a UDP payload: Ethernet, IPv4, UDP. */
    private static final int HEADERS = 14 + 20 + 8;
    private static final byte FU_A = 28;

    /** A datagram, and when it was captured. */
    record Packet(long micros, int port, byte[] payload, int captured) {}

    private final List<Packet> packets = new ArrayList<>();

    /** RTP with a payload that looks like H.264 fragments. */
    public TestCapture rtp(long micros, int port, int ssrc, int sequence, int timestamp, boolean marker) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 100);
        packet.put((byte) 0x80).put((byte) (96 | (marker ? 0x80 : 0))).putShort((short) sequence).putInt(timestamp).putInt(ssrc);
        packet.put((byte) (0x60 | FU_A)).put((byte) (marker ? 0x45 : 0x05)).put((byte) sequence);
        return datagram(micros, port, packet.array());
    }

    /** A sender report, with a goodbye behind it if asked. */
    public TestCapture report(long micros, int port, int ssrc, long ntp, int timestamp, boolean goodbye) {
        ByteBuffer packet = ByteBuffer.allocate(28 + (goodbye ? 8 : 0));
        packet.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(ssrc).putLong(ntp).putInt(timestamp).putInt(1_000_000).putInt(2_000_000);
        if (goodbye) {
            packet.put((byte) 0x81).put((byte) 203).putShort((short) 1).putInt(ssrc);
        }
        return datagram(micros, port, packet.array());
    }

    public TestCapture datagram(long micros, int port, byte[] payload) {
        packets.add(new Packet(micros, port, payload, HEADERS + payload.length));
        return this;
    }

    /** The last packet's record has only so many bytes of its payload. */
    public TestCapture snapped(int payload) {
        Packet last = packets.removeLast();
        packets.add(new Packet(last.micros(), last.port(), last.payload(), HEADERS + payload));
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(24).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(1).array());
        for (Packet packet : packets) {
            byte[] frame = frame(packet);
            int seconds = (int) (1_000_000_000 + packet.micros() / 1_000_000);
            out.writeBytes(little(16).putInt(seconds).putInt((int) (packet.micros() % 1_000_000)).putInt(packet.captured()).putInt(frame.length).array());
            out.write(frame, 0, packet.captured());
        }
        return out.toByteArray();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] frame(Packet packet) {
        int udp = 8 + packet.payload().length;
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + udp);
        frame.position(12).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (20 + udp)).putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.putInt(0x0a000001).putInt(0x0a000002);
        frame.putShort((short) 40_000).putShort((short) packet.port()).putShort((short) udp).putShort((short) 0).put(packet.payload());
        return frame.array();
    }
}
