package io.mcm.perf;

import io.mcm.h264.InterleavedPacketizer;
import io.mcm.h264.InterleavingPattern;
import io.mcm.h264.PacketSink;
import io.mcm.h264.PacketizationMode;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The packets of one access unit, by RFC 6184's structures, of up to 1,400 bytes each. */
public enum PayloadStructure {
    /** One NAL unit over all packets. */
    FU_A(-1, PacketizationMode.NON_INTERLEAVED, null),
    SINGLE(1, PacketizationMode.NON_INTERLEAVED, null),
    /** Seven NAL units a packet. */
    STAP_A(7, PacketizationMode.NON_INTERLEAVED, null),
    FU_B(-1, PacketizationMode.INTERLEAVED, InterleavingPattern.Structure.STAP_B),
    STAP_B(7, PacketizationMode.INTERLEAVED, InterleavingPattern.Structure.STAP_B),
    MTAP16(7, PacketizationMode.INTERLEAVED, InterleavingPattern.Structure.MTAP16);

    public static final int PACKET_LENGTH = 1400;
    /** FU indicator and FU header. */
    private static final int FU_HEADERS = 2;
    /** Aggregation and fragmentation headers that no structure exceeds, a unit's share. */
    private static final int OVERHEAD = 10;
    /** Behind the RTP header and a structure's header of one byte (STAP-B, MTAP) or two (FU-B). */
    private static final int DON_OFFSET = RtpPacket.FIXED_HEADER_LENGTH + 1;
    private static final int FU_DON_OFFSET = RtpPacket.FIXED_HEADER_LENGTH + 2;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final byte IDR_HEADER = 0x65;
    private static final byte FIRST_SLICE = (byte) 0x88;

    private final int unitsAPacket;
    private final PacketizationMode mode;
    private final InterleavingPattern.Structure interleaved;

    /** Packets, the n-th at n times {@link #PACKET_LENGTH}. */
    public record Packets(MemorySegment memory, int[] lengths) { }

    PayloadStructure(int unitsAPacket, PacketizationMode mode, InterleavingPattern.Structure interleaved) {
        this.unitsAPacket = unitsAPacket;
        this.mode = mode;
        this.interleaved = interleaved;
    }

    /** NAL units in so many packets. */
    int units(int packets) {
        return unitsAPacket < 0 ? 1 : unitsAPacket * packets;
    }

    public Packets packets(int count) {
        MemorySegment memory = Arena.ofAuto().allocate((long) count * PACKET_LENGTH);
        int[] lengths = new int[count];
        int[] made = new int[1];
        packetize(units(count), unitLength(count), (segment, offset, length) -> {
            MemorySegment.copy(segment, offset, memory, (long) made[0] * PACKET_LENGTH, length);
            lengths[made[0]++] = length;
        });
        if (made[0] != count) {
            throw new IllegalStateException(made[0] + " packets of " + this + ", expected " + count);
        }
        return new Packets(memory, lengths);
    }

    /** Gives the n-th of so many packets, which starts at {@code at}, the decoding order that follows its last one. */
    void advance(MemorySegment memory, long at, int n, int packets) {
        if (interleaved != null && (unitsAPacket > 0 || n == 0)) {
            long don = at + (unitsAPacket > 0 ? DON_OFFSET : FU_DON_OFFSET);
            memory.set(U16, don, (short) (memory.get(U16, don) + units(packets)));
        }
    }

    private int unitLength(int packets) {
        int room = PACKET_LENGTH - RtpPacket.FIXED_HEADER_LENGTH;
        return unitsAPacket < 0 ? (packets - 1) * (room - FU_HEADERS) + room / 2 : room / unitsAPacket - (unitsAPacket == 1 ? 0 : OVERHEAD);
    }

    private void packetize(int units, int length, PacketSink sink) {
        MemorySegment unit = Arena.ofAuto().allocate(length).fill((byte) 0x5a);
        unit.set(ValueLayout.JAVA_BYTE, 0, IDR_HEADER);
        unit.set(ValueLayout.JAVA_BYTE, 1, FIRST_SLICE);
        PacketizerConfig config = PacketizerConfig.defaults(1).withMaxPacketLength(PACKET_LENGTH).withMode(mode);
        config = unitsAPacket > 1 ? config.withAggregation() : config;
        if (interleaved != null) {
            InterleavedPacketizer packetizer =
                new InterleavedPacketizer(config, new InterleavingPattern(units, 1, interleaved), 0, 0, sink);
            packetizer.beginAccessUnit(0);
            repeat(units, () -> packetizer.nalUnit(unit, 0, length));
            packetizer.endAccessUnit();
            packetizer.flush();
        } else {
            Packetizer packetizer = new Packetizer(config, 0, Arena.ofAuto().allocate(Packetizer.bufferLength(config)), sink);
            packetizer.beginAccessUnit(0);
            repeat(units, () -> packetizer.nalUnit(unit, 0, length));
            packetizer.endAccessUnit();
        }
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }
}
