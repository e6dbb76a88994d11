package io.mcm.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Frames and capture files built byte by byte, by their specifications and without the code under test. */
final class Bytes {

    static final int SOURCE_PORT = 4_000;
    static final int DESTINATION_PORT = 5_004;
    static final byte[] PAYLOAD = hex("80600001 00000e10 cafe0001 41010203");

    private Bytes() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    static byte[] udp(byte[] payload) {
        return join(ByteBuffer.allocate(8).putShort((short) SOURCE_PORT).putShort((short) DESTINATION_PORT)
            .putShort((short) (8 + payload.length)).array(), payload);
    }

    static byte[] ipv4(byte[] payload) {
        return ipv4Fragment(0, 0, false, payload);
    }

    /** From 10.0.0.1 to 10.0.0.2. */
    static byte[] ipv4Fragment(int identification, int offset, boolean more, byte[] payload) {
        return join(ByteBuffer.allocate(20).put((byte) 0x45).put((byte) 0).putShort((short) (20 + payload.length))
            .putShort((short) identification).putShort((short) (offset / 8 | (more ? 0x2000 : 0))).put((byte) 64).put((byte) 17)
            .putShort((short) 0).putInt(0x0a000001).putInt(0x0a000002).array(), payload);
    }

    /** From 2001:db8::1 to 2001:db8::2. */
    static byte[] ipv6(int next, byte[] payload) {
        return join(ByteBuffer.allocate(40).putInt(0x60000000).putShort((short) payload.length).put((byte) next).put((byte) 64)
            .putLong(0x20010db800000000L).putLong(1).putLong(0x20010db800000000L).putLong(2).array(), payload);
    }

    static byte[] ipv6Fragment(int identification, int offset, boolean more, byte[] payload) {
        return ipv6(44, join(ByteBuffer.allocate(8).put((byte) 17).put((byte) 0).putShort((short) (offset | (more ? 1 : 0)))
            .putInt(identification).array(), payload));
    }

    /** @param tags EtherType and control word of each tag, outermost first, then the EtherType behind them */
    static byte[] ethernet(String tags, byte[] payload) {
        return join(hex("020000000002 020000000001" + tags), payload);
    }

    static byte[] pcapHeader(ByteOrder order, int magic, int linkType) {
        return ByteBuffer.allocate(24).order(order).putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0)
            .putInt(262_144).putInt(linkType).array();
    }

    static byte[] pcapRecord(ByteOrder order, int seconds, int fraction, int originalLength, byte[] frame) {
        return join(ByteBuffer.allocate(16).order(order).putInt(seconds).putInt(fraction).putInt(frame.length).putInt(originalLength)
            .array(), frame);
    }

    /** Microseconds, little endian, a record a second. */
    static byte[] pcap(int linkType, byte[]... frames) {
        byte[] file = pcapHeader(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, linkType);
        for (int i = 0; i < frames.length; i++) {
            file = join(file, pcapRecord(ByteOrder.LITTLE_ENDIAN, i, 0, frames[i].length, frames[i]));
        }
        return file;
    }

    static byte[] block(ByteOrder order, int type, byte[] body) {
        int length = 12 + (body.length + 3 & ~3);
        ByteBuffer block = ByteBuffer.allocate(length).order(order).putInt(type).putInt(length).put(body);
        return block.putInt(length - 4, length).array();
    }

    static byte[] section(ByteOrder order) {
        return block(order, 0x0a0d0d0a, ByteBuffer.allocate(16).order(order).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0)
            .putLong(-1).array());
    }

    static byte[] pcapngInterface(ByteOrder order, int linkType, int snapLength, byte[]... options) {
        return block(order, 1, join(ByteBuffer.allocate(8).order(order).putShort((short) linkType).putShort((short) 0)
            .putInt(snapLength).array(), join(options)));
    }

    static byte[] option(ByteOrder order, int code, byte[] value) {
        byte[] padded = java.util.Arrays.copyOf(value, value.length + 3 & ~3);
        return join(ByteBuffer.allocate(4).order(order).putShort((short) code).putShort((short) value.length).array(), padded);
    }

    static byte[] enhancedPacket(ByteOrder order, int interfaceId, long ticks, byte[] frame) {
        return block(order, 6, join(ByteBuffer.allocate(20).order(order).putInt(interfaceId).putInt((int) (ticks >>> 32))
            .putInt((int) ticks).putInt(frame.length).putInt(frame.length).array(), frame));
    }

    static byte[] simplePacket(ByteOrder order, int originalLength, byte[] frame) {
        return block(order, 3, join(ByteBuffer.allocate(4).order(order).putInt(originalLength).array(), frame));
    }

    static byte[] obsoletePacket(ByteOrder order, int interfaceId, long ticks, byte[] frame) {
        return block(order, 2, join(ByteBuffer.allocate(20).order(order).putShort((short) interfaceId).putShort((short) 7)
            .putInt((int) (ticks >>> 32)).putInt((int) ticks).putInt(frame.length).putInt(frame.length).array(), frame));
    }
}
