package io.mcm.h264;

import static io.mcm.h264.FragmentedUnit.HEADERS_LENGTH;
import static io.mcm.h264.Aggregation.SIZE_LENGTH;
import static io.mcm.rtp.RtpPacket.FIXED_HEADER_LENGTH;

import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Makes RTP packets of NAL units (RFC 6184, packetization modes 0 and 1), one access unit after the other:
 * {@code beginAccessUnit nalUnit* endAccessUnit}. The bytes of a unit are copied at once. One packet is always held back,
 * because only the next call tells whether it is the access unit's last, which has the marker, or takes one more small unit.
 *
 * <pre>
 *   the buffer   0         12 13   15
 *   STAP-A       | RTP     |H |size| unit         |size| unit | ...
 *   single          | RTP     | unit               the same bytes: a second unit makes it an STAP-A in place
 *   FU-A         | RTP     |I |H | fragment
 * </pre>
 */
public final class Packetizer {

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** Where a single NAL unit's packet starts, so that an STAP-A header and the first size fit in before the unit. */
    private static final int SINGLE_BASE = NalHeader.LENGTH + SIZE_LENGTH;
    private static final int STAP_HEADER_OFFSET = FIXED_HEADER_LENGTH;
    private static final int FIRST_SIZE_OFFSET = STAP_HEADER_OFFSET + NalHeader.LENGTH;
    private static final int FIRST_UNIT_OFFSET = FIRST_SIZE_OFFSET + SIZE_LENGTH;
    private static final int FU_INDICATOR_OFFSET = FIXED_HEADER_LENGTH;
    private static final int FU_HEADER_OFFSET = FU_INDICATOR_OFFSET + NalHeader.LENGTH;
    private static final int FRAGMENT_OFFSET = FU_INDICATOR_OFFSET + HEADERS_LENGTH;

    private enum Pending { NONE, SINGLE, STAP, FRAGMENT }

    private final PacketizerConfig config;
    private final MemorySegment buffer;
    private final PacketSink sink;

    private int sequence;
    private int timestamp;
    private Pending pending = Pending.NONE;
    /** Where the bytes of the pending packet end in the buffer. */
    private int end;

    /**
     * @param firstSequence of the first packet; its low 16 bits count
     * @param buffer holds one packet, {@link #bufferLength} bytes or more
     */
    public Packetizer(PacketizerConfig config, int firstSequence, MemorySegment buffer, PacketSink sink) {
        if (config.mode() == PacketizationMode.INTERLEAVED) {
            throw new IllegalArgumentException("packetization mode 2 (interleaved); that is for the InterleavedPacketizer");
        }
        if (buffer.byteSize() < bufferLength(config)) {
            throw new IllegalArgumentException("buffer of " + buffer.byteSize() + " bytes; needed are " + bufferLength(config));
        }
        this.config = config;
        this.sequence = firstSequence;
        this.buffer = buffer;
        this.sink = sink;
    }

    /** Bytes that the buffer of a packetizer needs. */
    public static int bufferLength(PacketizerConfig config) {
        return config.maxPacketLength() + SINGLE_BASE;
    }

    /** The low 16 bits are the sequence number of the next packet. */
    public int nextSequence() {
        return sequence;
    }

    /** @param timestamp of the following units, unsigned 32 bits, 90 kHz */
    public void beginAccessUnit(int timestamp) {
        if (pending != Pending.NONE) {
            throw new IllegalStateException("the access unit before has not been ended");
        }
        this.timestamp = timestamp;
    }

    /**
     * The next NAL unit of the access unit.
     *
     * @param length bytes with the header byte, without start code; 1 or more
     * @throws IllegalArgumentException if it is empty or of a type that RTP takes for something else (0, 24 to 31)
     */
    public void nalUnit(MemorySegment from, long offset, int length) {
        NalHeader.check(from, offset, length);
        if (aggregates(length)) {
            aggregate(from, offset, length);
            return;
        }
        send(false);
        if (FIXED_HEADER_LENGTH + length <= config.maxPacketLength()) {
            single(from, offset, length);
        } else {
            fragments(from, offset, length, config.maxPacketLength() - FRAGMENT_OFFSET);
        }
    }

    /**
     * The next NAL unit of the access unit, in fragments though it may fit a packet. One that fits a fragment has start and end bit set,
     * which RFC 6184 section 5.8 forbids and cameras do.
     *
     * @param fragmentLength bytes of each fragment but the last, 1 or more; longer ones than fit a packet are shortened
     */
    public void fragmentedUnit(MemorySegment from, long offset, int length, int fragmentLength) {
        NalHeader.check(from, offset, length);
        send(false);
        fragments(from, offset, length, Math.min(fragmentLength, config.maxPacketLength() - FRAGMENT_OFFSET));
    }

    /** Sends what is held back, without the marker: the next unit is in another packet. */
    public void separate() {
        send(false);
    }

    /** Sends what is held back, with the marker. */
    public void endAccessUnit() {
        send(true);
    }

    private void single(MemorySegment from, long offset, int length) {
        MemorySegment.copy(from, offset, buffer, FIRST_UNIT_OFFSET, length);
        end = FIRST_UNIT_OFFSET + length;
        pending = Pending.SINGLE;
    }

    private boolean aggregates(int length) {
        return config.aggregate() && (pending == Pending.SINGLE || pending == Pending.STAP)
            && end + SIZE_LENGTH + length <= config.maxPacketLength();
    }

    private void aggregate(MemorySegment from, long offset, int length) {
        if (pending == Pending.SINGLE) {
            buffer.set(U16, FIRST_SIZE_OFFSET, (short) (end - FIRST_UNIT_OFFSET));
            setU8(STAP_HEADER_OFFSET, NalHeader.withType(u8(buffer, FIRST_UNIT_OFFSET), NalType.STAP_A));
            pending = Pending.STAP;
        }
        buffer.set(U16, end, (short) length);
        MemorySegment.copy(from, offset, buffer, end + SIZE_LENGTH, length);
        end += SIZE_LENGTH + length;
        setU8(STAP_HEADER_OFFSET, aggregationHeader(u8(buffer, STAP_HEADER_OFFSET), u8(from, offset)));
    }

    /** Forbidden if any unit is, and the highest NRI of all (RFC 6184 section 5.7). */
    static int aggregationHeader(int header, int unitHeader) {
        int forbidden = (header | unitHeader) & NalHeader.FORBIDDEN_MASK;
        int nri = Math.max(header & NalHeader.NRI_MASK, unitHeader & NalHeader.NRI_MASK);
        return forbidden | nri | NalHeader.type(header);
    }

    private void fragments(MemorySegment from, long offset, int length, int room) {
        if (config.mode() == PacketizationMode.SINGLE_NAL_UNIT) {
            throw new IllegalArgumentException("a NAL unit of " + length + " bytes does not fit a packet of "
                + config.maxPacketLength() + " bytes in packetization mode 0 (single NAL unit); mode 1 would fragment it");
        }
        int header = u8(from, offset);
        for (int at = NalHeader.LENGTH; at < length; at += room) {
            send(false);
            int flags = (at == NalHeader.LENGTH ? NalHeader.FU_START_MASK : 0)
                | (length - at <= room ? NalHeader.FU_END_MASK : 0);
            fragment(header, flags, from, offset + at, Math.min(room, length - at));
        }
    }

    private void fragment(int header, int flags, MemorySegment from, long offset, int length) {
        setU8(FU_INDICATOR_OFFSET, NalHeader.withType(header, NalType.FU_A));
        setU8(FU_HEADER_OFFSET, flags | NalHeader.type(header));
        MemorySegment.copy(from, offset, buffer, FRAGMENT_OFFSET, length);
        end = FRAGMENT_OFFSET + length;
        pending = Pending.FRAGMENT;
    }

    private void send(boolean marker) {
        if (pending == Pending.NONE) {
            return;
        }
        int base = pending == Pending.SINGLE ? SINGLE_BASE : 0;
        pending = Pending.NONE;
        RtpPacket.writeHeader(buffer, base, config.payloadType(), sequence++, timestamp, config.ssrc());
        if (marker) {
            RtpPacket.writeMarker(buffer, base);
        }
        sink.packet(buffer, base, end - base);
    }

    private void setU8(int offset, int value) {
        buffer.set(U8, offset, (byte) value);
    }

    private static int u8(MemorySegment segment, long offset) {
        return segment.get(U8, offset) & 0xff;
    }
}
