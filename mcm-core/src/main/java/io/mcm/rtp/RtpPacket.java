package io.mcm.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An RTP packet seen in place (RFC 3550 section 5.1): a view over bytes that it does not own. One view is wrapped around packet
 * after packet, so nothing is allocated; whoever keeps a packet copies its bytes.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                           timestamp                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           synchronization source (SSRC) identifier            |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |            contributing source (CSRC) identifiers             |
 *   |                             ....                              |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      defined by profile       |    extension length (words)   |   if X
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtpPacket {

    /** Bytes of the header without CSRCs and extension; nothing shorter is RTP. */
    public static final int FIXED_HEADER_LENGTH = 12;

    /** What 4 bits can count. */
    public static final int MAX_CSRCS = 15;
    /** Bytes of a CSRC, and the unit of an extension's length. */
    public static final int WORD = 4;

    private static final int VERSION = 2;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int FLAGS_OFFSET = 0;
    private static final int MARKER_AND_TYPE_OFFSET = 1;
    private static final int SEQUENCE_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;
    private static final int SSRC_OFFSET = 8;
    private static final int EXTENSION_LENGTH_OFFSET = 2;
    private static final int EXTENSION_HEADER_LENGTH = 4;
    private static final int MARKER = 0x80;

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** What a datagram turned out to be. */
    public enum Validity {
        VALID,
        /** Fewer than the 12 bytes of a fixed header. */
        TOO_SHORT,
        /** The version field is not 2. */
        WRONG_VERSION,
        /** Valid but for a padding bit whose padding has no bytes, not even the one that says so (RFC 3550 section 5.1). */
        PADDING_EMPTY,
        /** CSRCs, extension or padding reach past the datagram's end. */
        OVERRUN;

        /** Whether the datagram is a packet whose parts can be asked for. */
        public boolean isPacket() {
            return this == VALID || this == PADDING_EMPTY;
        }
    }

    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private int length;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Moves the view onto a datagram. Unless the answer {@link Validity#isPacket} nothing else of this view may be asked.
     *
     * @param length bytes of the datagram, all inside {@code segment}
     */
    public Validity wrap(MemorySegment segment, long base, int length) {
        this.segment = segment;
        this.base = base;
        this.length = length;
        if (length < FIXED_HEADER_LENGTH) {
            return Validity.TOO_SHORT;
        }
        if (flags() >> 6 != VERSION) {
            return Validity.WRONG_VERSION;
        }
        return locatePayload();
    }

    private Validity locatePayload() {
        int start = FIXED_HEADER_LENGTH + csrcCount() * WORD;
        if (hasExtension()) {
            if (start + EXTENSION_HEADER_LENGTH > length) {
                return Validity.OVERRUN;
            }
            start += EXTENSION_HEADER_LENGTH + u16(start + EXTENSION_LENGTH_OFFSET) * WORD;
        }
        int padding = hasPadding() ? u8(length - 1) : 0;
        payloadOffset = start;
        payloadLength = length - start - padding;
        if (payloadLength < 0) {
            return Validity.OVERRUN;
        }
        return hasPadding() && padding == 0 ? Validity.PADDING_EMPTY : Validity.VALID;
    }

    /** The bytes that this view lies in, for copying. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the packet starts. */
    public long base() {
        return base;
    }

    /** Bytes of the whole packet, padding included. */
    public int length() {
        return length;
    }

    public boolean hasPadding() {
        return (flags() & PADDING) != 0;
    }

    public boolean hasExtension() {
        return (flags() & EXTENSION) != 0;
    }

    /** What the extension is, 16 bits; 0 without one. */
    public int extensionProfile() {
        return hasExtension() ? u16(extensionOffset()) : 0;
    }

    /** Where in {@link #segment()} the extension's data starts, after its own header; where the payload starts without one. */
    public long extensionStart() {
        return base + (hasExtension() ? extensionOffset() + EXTENSION_HEADER_LENGTH : payloadOffset);
    }

    /** Bytes of the extension's data, a multiple of 4. */
    public int extensionLength() {
        return (int) (payloadStart() - extensionStart());
    }

    private int extensionOffset() {
        return FIXED_HEADER_LENGTH + csrcCount() * WORD;
    }

    public int csrcCount() {
        return flags() & 0x0f;
    }

    /** The n-th contributing source; n is below {@link #csrcCount()}. */
    public int csrc(int n) {
        return segment.get(U32, base + FIXED_HEADER_LENGTH + (long) n * WORD);
    }

    public boolean marker() {
        return (u8(MARKER_AND_TYPE_OFFSET) & MARKER) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return u8(MARKER_AND_TYPE_OFFSET) & 0x7f;
    }

    /** 0 to 65,535. */
    public int sequence() {
        return u16(SEQUENCE_OFFSET);
    }

    /** Unsigned 32 bits, in clock ticks of the payload (90 kHz for video). */
    public int timestamp() {
        return segment.get(U32, base + TIMESTAMP_OFFSET);
    }

    /** Unsigned 32 bits. */
    public int ssrc() {
        return segment.get(U32, base + SSRC_OFFSET);
    }

    /** Where in {@link #segment()} the payload starts. */
    public long payloadStart() {
        return base + payloadOffset;
    }

    /** Bytes of payload, without padding; may be 0. */
    public int payloadLength() {
        return payloadLength;
    }

    /** The payload's byte at {@code index}, 0 to 255. */
    public int payloadByte(int index) {
        return segment.get(U8, base + payloadOffset + index) & 0xff;
    }

    /**
     * Writes a fixed header without marker, CSRCs, extension and padding; the payload follows it.
     *
     * @param payloadType 0 to 127
     * @param sequence its low 16 bits count
     */
    public static void writeHeader(MemorySegment to, long base, int payloadType, int sequence, int timestamp, int ssrc) {
        to.set(U8, base + FLAGS_OFFSET, (byte) (VERSION << 6));
        to.set(U8, base + MARKER_AND_TYPE_OFFSET, (byte) payloadType);
        to.set(U16, base + SEQUENCE_OFFSET, (short) sequence);
        to.set(U32, base + TIMESTAMP_OFFSET, timestamp);
        to.set(U32, base + SSRC_OFFSET, ssrc);
    }

    /** Changes the sequence number of the header at {@code base}; its low 16 bits count. */
    public static void writeSequence(MemorySegment to, long base, int sequence) {
        to.set(U16, base + SEQUENCE_OFFSET, (short) sequence);
    }

    /** Changes the timestamp of the header at {@code base}. */
    public static void writeTimestamp(MemorySegment to, long base, int timestamp) {
        to.set(U32, base + TIMESTAMP_OFFSET, timestamp);
    }

    /** Changes the SSRC of the header at {@code base}. */
    public static void writeSsrc(MemorySegment to, long base, int ssrc) {
        to.set(U32, base + SSRC_OFFSET, ssrc);
    }

    /** Changes the payload type of the header at {@code base}, 0 to 127; the marker stays. */
    public static void writePayloadType(MemorySegment to, long base, int payloadType) {
        long at = base + MARKER_AND_TYPE_OFFSET;
        to.set(U8, at, (byte) (to.get(U8, at) & MARKER | payloadType));
    }

    /** Sets the marker bit of the header at {@code base}. */
    public static void writeMarker(MemorySegment to, long base) {
        long at = base + MARKER_AND_TYPE_OFFSET;
        to.set(U8, at, (byte) (to.get(U8, at) | MARKER));
    }

    /** Clears the marker bit of the header at {@code base}. */
    public static void clearMarker(MemorySegment to, long base) {
        long at = base + MARKER_AND_TYPE_OFFSET;
        to.set(U8, at, (byte) (to.get(U8, at) & ~MARKER));
    }

    /**
     * Tells in the header at {@code base} what follows it.
     *
     * @param csrcCount 0 to {@value #MAX_CSRCS}
     */
    public static void writeFlags(MemorySegment to, long base, boolean padding, boolean extension, int csrcCount) {
        to.set(U8, base + FLAGS_OFFSET, (byte) (VERSION << 6 | (padding ? PADDING : 0) | (extension ? EXTENSION : 0) | csrcCount));
    }

    /** Writes the n-th contributing source of the header at {@code base}. */
    public static void writeCsrc(MemorySegment to, long base, int n, int csrc) {
        to.set(U32, base + FIXED_HEADER_LENGTH + (long) n * WORD, csrc);
    }

    private int flags() {
        return u8(FLAGS_OFFSET);
    }

    private int u8(int offset) {
        return segment.get(U8, base + offset) & 0xff;
    }

    private int u16(int offset) {
        return segment.get(U16, base + offset) & 0xffff;
    }
}
