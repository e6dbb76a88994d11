package io.mcm.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The packets of one RTCP datagram, one after the other, seen in place (RFC 3550 section 6.1): {@link #wrap} checks the whole
 * datagram, {@link #next} moves the view from packet to packet. Nothing is allocated.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  count  |  packet type  |    length (words, less one)   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         SSRC of sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtcpPacket {

    static final int HEADER_LENGTH = 4;
    static final int SSRC_OFFSET = 4;
    static final int SSRC_LENGTH = 4;
    static final int WORD = 4;
    static final int FLAGS_OFFSET = 0;
    static final int TYPE_OFFSET = 1;
    static final int LENGTH_OFFSET = 2;
    static final int PADDING = 0x20;
    static final int COUNT_MASK = 0x1f;

    static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** What a datagram turned out to be (RFC 3550 appendix A.2). */
    public enum Validity {
        VALID,
        /** Fewer than the 8 bytes of a header and its SSRC. */
        TOO_SHORT,
        /** The version field of one of its packets is not 2. */
        WRONG_VERSION,
        /** The first packet's type is none of RTCP's. */
        WRONG_TYPE,
        /** A packet before the last is padded, or the padding is more than the packet, none, or not whole words. */
        WRONG_PADDING,
        /** The lengths of its packets do not add up to the datagram's. */
        WRONG_LENGTH
    }

    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private int length;
    private long end;

    /**
     * Takes a datagram; the first {@link #next} is its first packet. Unless the answer is {@link Validity#VALID} there is none. A first
     * packet that is no report is taken too (RFC 5506, reduced-size RTCP; and cameras that send a BYE alone).
     *
     * @param length bytes of the datagram, all inside {@code segment}
     */
    public Validity wrap(MemorySegment segment, long offset, int length) {
        this.segment = segment;
        base = offset;
        this.length = 0;
        end = offset + length;
        Validity validity = length < Rtcp.MIN_LENGTH ? Validity.TOO_SHORT : walk();
        base = offset;
        this.length = 0;
        if (validity != Validity.VALID) {
            end = offset;
        }
        return validity;
    }

    private Validity walk() {
        boolean first = true;
        while (base < end) {
            Validity validity = checkPacket(first);
            if (validity != Validity.VALID) {
                return validity;
            }
            base += wireLength();
            first = false;
        }
        return Validity.VALID;
    }

    private Validity checkPacket(boolean first) {
        if (end - base < HEADER_LENGTH) {
            return Validity.WRONG_LENGTH;
        }
        if (u8(FLAGS_OFFSET) >> Rtcp.VERSION_SHIFT != Rtcp.VERSION) {
            return Validity.WRONG_VERSION;
        }
        if (first && !Rtcp.isType(type())) {
            return Validity.WRONG_TYPE;
        }
        if (wireLength() > end - base) {
            return Validity.WRONG_LENGTH;
        }
        return isPadded() && !hasValidPadding() ? Validity.WRONG_PADDING : Validity.VALID;
    }

    private boolean hasValidPadding() {
        int padding = u8(wireLength() - 1);
        boolean last = base + wireLength() == end;
        return last && padding > 0 && padding % WORD == 0 && padding <= wireLength() - HEADER_LENGTH;
    }

    /** Moves to the next packet of the datagram; false where there is none. */
    public boolean next() {
        base += length == 0 ? 0 : wireLength();
        if (base >= end) {
            return false;
        }
        length = wireLength() - (isPadded() ? u8(wireLength() - 1) : 0);
        return true;
    }

    /** The bytes that this view lies in. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the packet starts. */
    public long base() {
        return base;
    }

    /** Bytes of the packet, header included, padding not; at least 4. */
    public int length() {
        return length;
    }

    /** {@link Rtcp#SENDER_REPORT} and its like; 0 to 255. */
    public int type() {
        return u8(TYPE_OFFSET);
    }

    /** Report blocks, chunks or sources, as the type says; 0 to 31. */
    public int count() {
        return u8(FLAGS_OFFSET) & COUNT_MASK;
    }

    /** Who sent it, where its {@link #length()} is 8 or more; of a source description or a goodbye the first that it names. */
    public int ssrc() {
        return segment.get(U32, base + SSRC_OFFSET);
    }

    /** Changes that. */
    public void writeSsrc(int ssrc) {
        segment.set(U32, base + SSRC_OFFSET, ssrc);
    }

    private boolean isPadded() {
        return (u8(FLAGS_OFFSET) & PADDING) != 0;
    }

    private int wireLength() {
        return ((segment.get(U16, base + LENGTH_OFFSET) & 0xffff) + 1) * WORD;
    }

    private int u8(int offset) {
        return segment.get(U8, base + offset) & 0xff;
    }

    /** Writes the first word; {@code length} is the whole packet's, in bytes, a multiple of 4. */
    static void writeHeader(MemorySegment to, long base, int count, int type, int length) {
        to.set(U8, base + FLAGS_OFFSET, (byte) (Rtcp.VERSION << Rtcp.VERSION_SHIFT | count));
        to.set(U8, base + TYPE_OFFSET, (byte) type);
        to.set(U16, base + LENGTH_OFFSET, (short) (length / WORD - 1));
    }
}
