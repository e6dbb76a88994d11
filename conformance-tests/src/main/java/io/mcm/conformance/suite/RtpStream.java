package io.mcm.conformance.suite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.random.RandomGenerator;

/**
 * Makes RTP packets of NAL units by hand, byte for byte after RFC 3550 and RFC 6184 and with no code of the product, so that a mistake of
 * the product's packetizer cannot hide one of its depacketizer. Packets are numbered in the order in which they are made; sending them
 * is another matter.
 */
public final class RtpStream {

    public static final int RTP_HEADER = 12;
    /** The slice of an IDR picture, nal_ref_idc 3. */
    public static final int IDR = 0x65;
    /** Another slice of a reference picture, nal_ref_idc 2. */
    public static final int SLICE = 0x41;
    /** The first of the dynamic ones, which every camera of the zoo uses. */
    public static final int PAYLOAD_TYPE = 96;
    public static final int STAP_A = 24;
    public static final int FU_A = 28;

    private static final int VERSION = 0x80;
    private static final int MARKER = 0x80;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int TYPE = 0x1f;
    private static final int NRI = 0x60;
    private static final int TICKS_A_PICTURE = 3_000;
    /** In a slice's first byte: first_mb_in_slice is 0, so that a picture begins with it. */
    private static final int FIRST_MACROBLOCK = 0x80;

    private final RandomGenerator random;
    private final int ssrc;
    private final int payloadType;
    private final Map<byte[], Integer> timestamps = new WeakHashMap<>();
    private int sequence;
    private int timestamp;

    RtpStream(RandomGenerator random, int ssrc, int payloadType) {
        this.random = random;
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        sequence = random.nextInt(0x10000);
        timestamp = random.nextInt();
    }

    /** A NAL unit without zeros, so that no start code can be in it; the first of a picture. */
    public byte[] unit(int header, int length) {
        byte[] unit = new byte[length];
        for (int i = 0; i < length; i++) {
            unit[i] = (byte) (1 + random.nextInt(255));
        }
        unit[0] = (byte) header;
        if (length > 1) {
            unit[1] |= (byte) FIRST_MACROBLOCK;
        }
        timestamps.put(unit, timestamp);
        return unit;
    }

    /** Of the picture in which a unit was sent, or else made; null for one of somebody else's. */
    Integer timestampOf(byte[] unit) {
        return timestamps.get(unit);
    }

    /** From here on packets are of the next picture. */
    public RtpStream nextPicture() {
        timestamp += TICKS_A_PICTURE;
        return this;
    }

    public RtpStream setSequence(int next) {
        sequence = next & 0xffff;
        return this;
    }

    public RtpStream setTimestamp(int value) {
        timestamp = value;
        return this;
    }

    public int timestamp() {
        return timestamp;
    }

    /** The sequence number of the next packet. */
    public int sequence() {
        return sequence;
    }

    /** Any payload. */
    public byte[] packet(boolean marker, byte[] payload) {
        return packet(VERSION, marker, new byte[0], payload);
    }

    /** @param first the header's first byte: version, padding, extension, number of CSRCs; @param between after the fixed header */
    public byte[] packet(int first, boolean marker, byte[] between, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(RTP_HEADER + between.length + payload.length);
        packet.put((byte) first).put((byte) ((marker ? MARKER : 0) | payloadType)).putShort((short) sequence).putInt(timestamp).putInt(ssrc);
        packet.put(between).put(payload);
        sequence = sequence + 1 & 0xffff;
        return packet.array();
    }

    /** RFC 6184 section 5.6. */
    public byte[] single(byte[] unit, boolean marker) {
        timestamps.put(unit, timestamp);
        return packet(marker, unit);
    }

    /** RFC 6184 section 5.8, in so many parts; the last has the marker. */
    public List<byte[]> fuA(byte[] unit, int parts, boolean marker) {
        List<byte[]> packets = new ArrayList<>();
        int payload = unit.length - 1;
        timestamps.put(unit, timestamp);
        for (int i = 0; i < parts; i++) {
            int from = 1 + (int) ((long) payload * i / parts);
            int to = 1 + (int) ((long) payload * (i + 1) / parts);
            int bits = (i == 0 ? START : 0) | (i == parts - 1 ? END : 0);
            packets.add(fragment(unit[0], bits, Arrays.copyOfRange(unit, from, to), marker && i == parts - 1));
        }
        return packets;
    }

    /** @param bits S, E and R of the FU header */
    public byte[] fragment(int header, int bits, byte[] part, boolean marker) {
        byte[] payload = new byte[2 + part.length];
        payload[0] = (byte) (header & ~TYPE | FU_A);
        payload[1] = (byte) (bits | header & TYPE);
        System.arraycopy(part, 0, payload, 2, part.length);
        return packet(marker, payload);
    }

    /** RFC 6184 section 5.7.1. */
    public byte[] stapA(boolean marker, byte[]... units) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int nri = 0;
        for (byte[] unit : units) {
            nri = Math.max(nri, unit[0] & NRI);
        }
        payload.write(nri | STAP_A);
        for (byte[] unit : units) {
            timestamps.put(unit, timestamp);
            payload.write(unit.length >> 8);
            payload.write(unit.length);
            payload.writeBytes(unit);
        }
        return packet(marker, payload.toByteArray());
    }
}
