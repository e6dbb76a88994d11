package io.mcm.camera.packetize;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.PacketSink;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Gives a packetizer's packets what it knows nothing of: CSRCs, extension, padding, and the habits of markers and fragments. */
final class PacketDresser implements PacketSink {

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final int FU_HEADER = NalHeader.LENGTH;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FU_RESERVED = 0x20;
    private static final int FU_TYPE = 0x1f;
    /** Where the first unit's header stands in an aggregation packet: behind header, DON, size, DON difference and time offset. */
    private static final int STAP_A_UNIT = 3;
    private static final int STAP_B_UNIT = 5;
    private static final int MTAP16_UNIT = 8;
    private static final int MTAP24_UNIT = 9;

    private final RtpConfig config;
    private final FragmentHabit fragments;
    private final PacketSink next;
    private final MemorySegment buffer;
    /** Zeros, and at the end how many bytes it is. */
    private final MemorySegment padding;
    private final RtpPacket packet = new RtpPacket();
    private long sendNanos;

    /** @param maxPacketLength of the packets that come out */
    PacketDresser(RtpConfig config, FragmentHabit fragments, int maxPacketLength, PacketSink next) {
        this.config = config;
        this.fragments = fragments;
        this.next = next;
        buffer = Arena.ofAuto().allocate(maxPacketLength);
        padding = Arena.ofAuto().allocate(RtpConfig.MAX_PADDING);
        padding.set(U8, Math.max(0, config.padding() - 1L), (byte) config.padding());
    }

    /** When the packets that follow are sent, nanoseconds since 1970 UTC. */
    void at(long sendNanos) {
        this.sendNanos = sendNanos;
    }

    @Override
    public void packet(MemorySegment segment, long offset, int length) {
        packet.wrap(segment, offset, length);
        mark(segment, offset);
        if (isFragment() && packet.payloadLength() > FU_HEADER) {
            rewriteFragment(segment, packet.payloadStart() + FU_HEADER);
        }
        if (config.overhead() == 0) {
            next.packet(segment, offset, length);
        } else {
            dress(segment, offset);
        }
    }

    private void mark(MemorySegment segment, long offset) {
        if (config.marker().marks(packet.marker(), endsUnit(), unitType())) {
            RtpPacket.writeMarker(segment, offset);
        } else {
            RtpPacket.clearMarker(segment, offset);
        }
    }

    private boolean endsUnit() {
        return !isFragment() || (payloadByte(FU_HEADER) & FU_END) != 0;
    }

    private boolean isFragment() {
        int type = NalHeader.type(payloadByte(0));
        return type == NalType.FU_A || type == NalType.FU_B;
    }

    /** A plan's payload may be too short for its structure. */
    private int payloadByte(int index) {
        return index < packet.payloadLength() ? packet.payloadByte(index) : 0;
    }

    /** Of the unit, or of the first one of several. */
    private int unitType() {
        int type = NalHeader.type(payloadByte(0));
        int at = switch (type) {
            case NalType.FU_A, NalType.FU_B -> FU_HEADER;
            case NalType.STAP_A -> STAP_A_UNIT;
            case NalType.STAP_B -> STAP_B_UNIT;
            case NalType.MTAP16 -> MTAP16_UNIT;
            case NalType.MTAP24 -> MTAP24_UNIT;
            default -> 0;
        };
        return NalHeader.type(payloadByte(at));
    }

    private void rewriteFragment(MemorySegment segment, long at) {
        int header = segment.get(U8, at) & 0xff;
        int rewritten = switch (fragments) {
            case RFC, START_AND_END -> header;
            case RESERVED_BIT -> header | FU_RESERVED;
            case TYPE_IN_FIRST -> (header & FU_START) != 0 ? header : header & ~FU_TYPE | NalType.SLICE;
        };
        segment.set(U8, at, (byte) rewritten);
    }

    private void dress(MemorySegment segment, long offset) {
        int csrcs = config.csrcs().size();
        MemorySegment.copy(segment, offset, buffer, 0, RtpPacket.FIXED_HEADER_LENGTH);
        RtpPacket.writeFlags(buffer, 0, config.padding() > 0, config.extension().length() > 0, csrcs);
        for (int n = 0; n < csrcs; n++) {
            RtpPacket.writeCsrc(buffer, 0, n, config.csrcs().get(n));
        }
        int at = RtpPacket.FIXED_HEADER_LENGTH + csrcs * RtpPacket.WORD;
        config.extension().write(buffer, at, sendNanos);
        at += config.extension().length();
        MemorySegment.copy(segment, packet.payloadStart(), buffer, at, packet.payloadLength());
        at += packet.payloadLength();
        MemorySegment.copy(padding, 0, buffer, at, config.padding());
        next.packet(buffer, 0, at + config.padding());
    }
}
