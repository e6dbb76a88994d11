package io.mcm.conformance.mutant;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A datagram that a mutant changes, read and written with no code of the product. Every change makes another one. */
record Packet(byte[] bytes) {

    static final int STAP_A = 24;
    static final int FU_A = 28;
    /** Reserved by H.264, so that no camera sends it: marks what the other end of the proxy is to change back. */
    static final int TOKEN = 23;

    private static final int HEADER = 12;
    private static final int MARKER_OFFSET = 1;
    private static final int SEQUENCE_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;
    private static final int FU_HEADER_OFFSET = 13;
    private static final int MARKER = 0x80;
    private static final int PADDING_EXTENSION_CSRCS = 0x3f;
    private static final int TYPE = 0x1f;
    private static final int NRI = 0x60;
    private static final int END = 0x40;

    /** Whether it is RTP with a payload of a byte at least, and nothing before or after it. */
    boolean isPlain() {
        return bytes.length > HEADER && (bytes[0] & PADDING_EXTENSION_CSRCS) == 0;
    }

    boolean isRtp() {
        return bytes.length >= HEADER;
    }

    int type() {
        return isPlain() ? bytes[HEADER] & TYPE : -1;
    }

    boolean isFragment() {
        return type() == FU_A && bytes.length > FU_HEADER_OFFSET;
    }

    boolean isLastFragment() {
        return isFragment() && (bytes[FU_HEADER_OFFSET] & END) != 0;
    }

    boolean marker() {
        return isRtp() && (bytes[MARKER_OFFSET] & MARKER) != 0;
    }

    int sequence() {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(SEQUENCE_OFFSET));
    }

    int timestamp() {
        return ByteBuffer.wrap(bytes).getInt(TIMESTAMP_OFFSET);
    }

    Packet withSequence(int sequence) {
        Packet copy = copy(bytes.length);
        ByteBuffer.wrap(copy.bytes).putShort(SEQUENCE_OFFSET, (short) sequence);
        return copy;
    }

    Packet withTimestamp(int timestamp) {
        Packet copy = copy(bytes.length);
        ByteBuffer.wrap(copy.bytes).putInt(TIMESTAMP_OFFSET, timestamp);
        return copy;
    }

    Packet withoutMarker() {
        return with(MARKER_OFFSET, bytes[MARKER_OFFSET] & ~MARKER);
    }

    /** The first byte's flags are cleared, so that what they tell of becomes payload. */
    Packet withoutFlags(int flags) {
        return with(0, bytes[0] & ~flags);
    }

    Packet withType(int type) {
        return with(HEADER, bytes[HEADER] & ~TYPE | type);
    }

    /** nal_ref_idc 0. */
    Packet withoutNri() {
        return with(HEADER, bytes[HEADER] & ~NRI);
    }

    /** Bits of the FU header are changed. */
    Packet withFragmentBits(int clear, int set) {
        return with(FU_HEADER_OFFSET, bytes[FU_HEADER_OFFSET] & ~clear | set);
    }

    Packet shorter(int by) {
        return copy(bytes.length - by);
    }

    private Packet with(int offset, int value) {
        Packet copy = copy(bytes.length);
        copy.bytes[offset] = (byte) value;
        return copy;
    }

    private Packet copy(int length) {
        return new Packet(Arrays.copyOf(bytes, length));
    }
}
