package io.mcm.camera.packetize;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.PacketSink;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Modes 0 and 1: units leave in decoding order. */
final class DirectPacketizer implements UnitPacketizer {

    private final PayloadConfig config;
    private final int longestSingle;
    private final Packetizer packetizer;
    private int lastType;

    DirectPacketizer(PayloadConfig config, RtpConfig rtp, PacketSink sink) {
        this.config = config;
        PacketizerConfig packets = config.packetizer(rtp, rtp.overhead());
        longestSingle = packets.maxPacketLength() - RtpPacket.FIXED_HEADER_LENGTH;
        packetizer = new Packetizer(packets, rtp.firstSequence(), Arena.ofAuto().allocate(Packetizer.bufferLength(packets)), sink);
    }

    @Override
    public void beginAccessUnit(int timestamp) {
        packetizer.beginAccessUnit(timestamp);
        lastType = 0;
    }

    @Override
    public void nalUnit(MemorySegment from, long offset, int length) {
        int type = NalHeader.type(from.get(ValueLayout.JAVA_BYTE, offset));
        if (standsApart(type)) {
            packetizer.separate();
        }
        lastType = type;
        if (isFragmented(type, length)) {
            packetizer.fragmentedUnit(from, offset, length, config.fragmentLength() > 0 ? config.fragmentLength() : longestSingle);
        } else {
            packetizer.nalUnit(from, offset, length);
        }
    }

    /** Whether the unit shares no packet with the one before. */
    private boolean standsApart(int type) {
        return switch (config.aggregate()) {
            case NONE, MAX -> false;
            case PARAMETER_SETS -> !isParameterSet(type) || !isParameterSet(lastType);
            // The last slice is held back for its marker, not for what may follow.
            case ZERO_LATENCY -> NalType.isSlice(lastType);
        };
    }

    private static boolean isParameterSet(int type) {
        return type == NalType.SPS || type == NalType.PPS;
    }

    private boolean isFragmented(int type, int length) {
        return length > longestSingle ? config.fragmentLength() > 0
            : config.fragments() == FragmentHabit.START_AND_END && NalType.isSlice(type) && length > NalHeader.LENGTH;
    }

    @Override
    public void endAccessUnit() {
        packetizer.endAccessUnit();
    }
}
