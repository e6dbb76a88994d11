package io.mcm.camera.packetize;

import static io.mcm.rtp.RtpPacket.FIXED_HEADER_LENGTH;

import io.mcm.camera.source.Packaging;
import io.mcm.camera.source.Packaging.Structure;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.PacketSink;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Packs each unit as it is told to, also against the rules of the mode (RFC 6184 sections 5.6 to 5.8). The last packet is held back, because
 * it may have to take one more unit, or the marker.
 *
 * <pre>
 *   STAP-A   |H |             size | unit ...
 *   STAP-B   |H | DON  |      size | unit ...
 *   MTAP     |H | DONB | size |d | ts | unit ...      d: DON less DONB, 1 byte; ts: 16 or 24 bits
 *   FU-A     |I |H | fragment
 *   FU-B     |I |H | DON | fragment                   the first fragment; FU-A follow
 * </pre>
 */
final class PlannedPacketizer implements UnitPacketizer {

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int HIGH_BITS = 0xe0;
    private static final int NRI = 0x60;
    private static final int FORBIDDEN = 0x80;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int TICKS_16_LENGTH = 2;
    private static final int TICKS_24_LENGTH = 3;

    private final RtpConfig rtp;
    private final PacketSink sink;
    private final int maxPacketLength;
    private final MemorySegment buffer;
    private int sequence;
    private int timestamp;
    private Packaging packaging = Packaging.AUTO;
    /** Of the last unit: the first one's is 0. */
    private int don = -1;
    private int donBase;
    /** Where the pending packet ends; 0 if there is none. */
    private int end;

    PlannedPacketizer(PayloadConfig config, RtpConfig rtp, PacketSink sink) {
        this.rtp = rtp;
        this.sink = sink;
        maxPacketLength = config.packetizer(rtp, rtp.overhead()).maxPacketLength();
        buffer = Arena.ofAuto().allocate(maxPacketLength);
        sequence = rtp.firstSequence();
    }

    @Override
    public void beginAccessUnit(int timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public void packaging(Packaging packaging) {
        this.packaging = packaging;
    }

    @Override
    public void nalUnit(MemorySegment from, long offset, int length) {
        don = packaging.relative() ? don + packaging.don() : packaging.don();
        switch (packaging.structure()) {
            case AUTO -> {
                if (FIXED_HEADER_LENGTH + length <= maxPacketLength) {
                    single(from, offset, length);
                } else {
                    fragments(Structure.FU_A, from, offset, length);
                }
            }
            case SINGLE, PAYLOAD -> single(from, offset, length);
            case FU_A, FU_B -> fragments(packaging.structure(), from, offset, length);
            case STAP_A, STAP_B, MTAP16, MTAP24 -> aggregate(from, offset, length);
        }
    }

    private void single(MemorySegment from, long offset, int length) {
        send(false);
        append(from, offset, length);
    }

    private void aggregate(MemorySegment from, long offset, int length) {
        int header = length == 0 ? 0 : from.get(U8, offset) & 0xff;
        if (!packaging.joins() || end == 0) {
            beginAggregation(header);
        }
        appendBefore(length);
        append(from, offset, length);
        int packetHeader = buffer.get(U8, FIXED_HEADER_LENGTH) & 0xff;
        int nri = Math.max(packetHeader & NRI, header & NRI);
        buffer.set(U8, FIXED_HEADER_LENGTH, (byte) ((packetHeader | header) & FORBIDDEN | nri | NalHeader.type(packetHeader)));
    }

    private void beginAggregation(int header) {
        send(false);
        append8(header & HIGH_BITS | type(packaging.structure()));
        if (packaging.structure() != Structure.STAP_A) {
            donBase = don;
            append16(don);
        }
    }

    /** What stands before each unit. */
    private void appendBefore(int length) {
        append16(length);
        int ticks = ticksLength();
        if (ticks > 0) {
            append8(don - donBase);
        }
        for (int i = ticks - 1; i >= 0; i--) {
            append8(packaging.ticks() >> Byte.SIZE * i);
        }
    }

    private int ticksLength() {
        return switch (packaging.structure()) {
            case MTAP16 -> TICKS_16_LENGTH;
            case MTAP24 -> TICKS_24_LENGTH;
            default -> 0;
        };
    }

    private static int type(Structure structure) {
        return switch (structure) {
            case STAP_A -> NalType.STAP_A;
            case STAP_B -> NalType.STAP_B;
            case MTAP16 -> NalType.MTAP16;
            case MTAP24 -> NalType.MTAP24;
            case FU_A -> NalType.FU_A;
            case FU_B -> NalType.FU_B;
            case AUTO, SINGLE, PAYLOAD -> throw new IllegalArgumentException(structure + " is no packet structure");
        };
    }

    private void fragments(Structure first, MemorySegment from, long offset, int length) {
        if (length <= NalHeader.LENGTH) {
            throw new IllegalArgumentException("a NAL unit of " + length + " bytes in fragments; they need 2 and more");
        }
        int header = from.get(U8, offset) & 0xff;
        for (int at = NalHeader.LENGTH; at < length;) {
            send(false);
            boolean start = at == NalHeader.LENGTH;
            append8(header & HIGH_BITS | type(start ? first : Structure.FU_A));
            append8(NalHeader.type(header) | (start ? FU_START : 0));
            if (start && first == Structure.FU_B) {
                append16(don);
            }
            int most = packaging.fragmentLength() == 0 ? maxPacketLength - end : Math.min(packaging.fragmentLength(), maxPacketLength - end);
            int count = Math.min(length - at, most);
            append(from, offset + at, count);
            at += count;
            if (at == length) {
                int fuHeader = FIXED_HEADER_LENGTH + NalHeader.LENGTH;
                buffer.set(U8, fuHeader, (byte) (buffer.get(U8, fuHeader) | FU_END));
            }
        }
    }

    private void append(MemorySegment from, long offset, int length) {
        room(length);
        MemorySegment.copy(from, offset, buffer, end, length);
        end += length;
    }

    private void append8(int value) {
        room(1);
        buffer.set(U8, end++, (byte) value);
    }

    private void append16(int value) {
        room(Short.BYTES);
        buffer.set(U16, end, (short) value);
        end += Short.BYTES;
    }

    private void room(int length) {
        end = Math.max(end, FIXED_HEADER_LENGTH);
        if (end + length > maxPacketLength) {
            throw new IllegalArgumentException("a packet of " + (end + length) + " bytes or more; allowed are " + maxPacketLength);
        }
    }

    private void send(boolean marker) {
        if (end == 0) {
            return;
        }
        RtpPacket.writeHeader(buffer, 0, rtp.payloadType(), sequence++, timestamp, rtp.ssrc());
        if (marker) {
            RtpPacket.writeMarker(buffer, 0);
        }
        int length = end;
        end = 0;
        sink.packet(buffer, 0, length);
    }

    @Override
    public void endAccessUnit() {
        send(true);
    }
}
