package io.mcm.camera.packetize;

import io.mcm.h264.InterleavedPacketizer;
import io.mcm.h264.PacketSink;
import java.lang.foreign.MemorySegment;

/** Mode 2: units leave in the order of the pattern. */
final class InterleavingPacketizer implements UnitPacketizer {

    private final InterleavedPacketizer packetizer;

    InterleavingPacketizer(PayloadConfig config, RtpConfig rtp, PacketSink sink) {
        packetizer = new InterleavedPacketizer(config.packetizer(rtp, rtp.overhead()), config.interleaving(), rtp.firstSequence(), 0, sink);
    }

    @Override
    public void beginAccessUnit(int timestamp) {
        packetizer.beginAccessUnit(timestamp);
    }

    @Override
    public void nalUnit(MemorySegment from, long offset, int length) {
        packetizer.nalUnit(from, offset, length);
    }

    @Override
    public void endAccessUnit() {
        packetizer.endAccessUnit();
    }

    @Override
    public void flush() {
        packetizer.flush();
    }
}
