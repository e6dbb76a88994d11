package io.mcm.h264;

import io.mcm.rtp.RtpDatagram;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Runs access units through an interleaved packetizer and keeps the packets. */
final class InterleavedPackets {

    static final int TICKS = 1000;

    private InterleavedPackets() {
    }

    static PacketizerConfig config(int maxPacketLength, boolean aggregate) {
        PacketizerConfig config = PacketizerConfig.defaults(RtpDatagram.SSRC).withMaxPacketLength(maxPacketLength)
            .withMode(PacketizationMode.INTERLEAVED);
        return aggregate ? config.withAggregation() : config;
    }

    static List<byte[]> of(PacketizerConfig config, InterleavingPattern pattern, int firstSequence, int firstDon,
            List<List<byte[]>> accessUnits) {
        List<byte[]> packets = new ArrayList<>();
        InterleavedPacketizer packetizer = new InterleavedPacketizer(config, pattern, firstSequence, firstDon,
            (segment, offset, length) -> packets.add(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE)));
        int timestamp = 0;
        for (List<byte[]> units : accessUnits) {
            packetizer.beginAccessUnit(timestamp);
            units.forEach(unit -> packetizer.nalUnit(RtpDatagram.placedAt(11, unit), 11, unit.length));
            packetizer.endAccessUnit();
            timestamp += TICKS;
        }
        packetizer.flush();
        return packets;
    }
}
