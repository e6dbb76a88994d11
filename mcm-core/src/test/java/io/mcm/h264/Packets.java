package io.mcm.h264;

import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Runs access units through a packetizer and keeps the packets. */
final class Packets {

    static final int TICKS_PER_FRAME = 3600;

    private Packets() {
    }

    /** Each inner list is one access unit. */
    static List<byte[]> of(PacketizerConfig config, int firstSequence, List<List<byte[]>> accessUnits) {
        if (config.mode() == PacketizationMode.INTERLEAVED) {
            return InterleavedPackets.of(config, new InterleavingPattern(6, 2, InterleavingPattern.Structure.MTAP24), firstSequence, 0,
                accessUnits);
        }
        List<byte[]> packets = new ArrayList<>();
        MemorySegment buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        Packetizer packetizer = new Packetizer(config, firstSequence, buffer,
            (segment, offset, length) -> packets.add(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE)));
        int timestamp = -TICKS_PER_FRAME;
        for (List<byte[]> units : accessUnits) {
            packetizer.beginAccessUnit(timestamp);
            units.forEach(unit -> packetizer.nalUnit(RtpDatagram.placedAt(11, unit), 11, unit.length));
            packetizer.endAccessUnit();
            timestamp += TICKS_PER_FRAME;
        }
        return packets;
    }

    /** A view of the packet, not at the start of its segment. */
    static RtpPacket view(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(RtpDatagram.placedAt(5, bytes), 5, bytes.length) != RtpPacket.Validity.VALID) {
            throw new AssertionError("an invalid packet");
        }
        return packet;
    }

    static byte[] payload(RtpPacket packet) {
        return packet.segment().asSlice(packet.payloadStart(), packet.payloadLength()).toArray(ValueLayout.JAVA_BYTE);
    }
}
