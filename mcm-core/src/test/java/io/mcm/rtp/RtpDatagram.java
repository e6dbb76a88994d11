package io.mcm.rtp;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Builds RTP packets byte by byte, by the RFC and without the code under test. */
public final class RtpDatagram {

    public static final int SSRC = 0xCAFE_0001;

    private final int sequence;
    private int timestamp = 90_000;
    private int ssrc = SSRC;
    private int payloadType = 96;
    private boolean marker;
    private int[] csrcs = {};
    private int extensionProfile;
    private byte[] extension;
    private int padding;
    private byte[] payload = {0x41, 1, 2, 3};

    private RtpDatagram(int sequence) {
        this.sequence = sequence;
    }

    public static RtpDatagram of(int sequence) {
        return new RtpDatagram(sequence);
    }

    public RtpDatagram timestamp(int timestamp) {
        this.timestamp = timestamp;
        return this;
    }

    public RtpDatagram ssrc(int ssrc) {
        this.ssrc = ssrc;
        return this;
    }

    public RtpDatagram payloadType(int payloadType) {
        this.payloadType = payloadType;
        return this;
    }

    public RtpDatagram marker() {
        this.marker = true;
        return this;
    }

    public RtpDatagram csrcs(int... csrcs) {
        this.csrcs = csrcs;
        return this;
    }

    /** Its length must be a multiple of four. */
    public RtpDatagram extension(int profile, byte... data) {
        this.extensionProfile = profile;
        this.extension = data;
        return this;
    }

    public RtpDatagram padding(int padding) {
        this.padding = padding;
        return this;
    }

    public RtpDatagram payload(byte... payload) {
        this.payload = payload;
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(2 << 6 | (padding > 0 ? 0x20 : 0) | (extension != null ? 0x10 : 0) | csrcs.length);
        out.write((marker ? 0x80 : 0) | payloadType);
        out.writeBytes(ByteBuffer.allocate(10).putShort((short) sequence).putInt(timestamp).putInt(ssrc).array());
        for (int csrc : csrcs) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(csrc).array());
        }
        if (extension != null) {
            short words = (short) (extension.length / 4);
            out.writeBytes(ByteBuffer.allocate(4).putShort((short) extensionProfile).putShort(words).array());
            out.writeBytes(extension);
        }
        out.writeBytes(payload);
        if (padding > 0) {
            out.writeBytes(new byte[padding - 1]);
            out.write(padding);
        }
        return out.toByteArray();
    }

    /** A valid view of this packet, not at the start of its segment. */
    public RtpPacket view() {
        byte[] bytes = bytes();
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(placedAt(7, bytes), 7, bytes.length) != RtpPacket.Validity.VALID) {
            throw new IllegalStateException("the test built an invalid packet");
        }
        return packet;
    }

    /** Native memory with the bytes at {@code base} and others all around. */
    public static MemorySegment placedAt(long base, byte[] bytes) {
        MemorySegment segment = Arena.ofAuto().allocate(base + bytes.length + 16);
        segment.fill((byte) 0xff);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment, base, bytes.length);
        return segment;
    }
}
