package io.mcm.perf;

import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a packet of a camera costs to make, from a NAL unit in memory to a sink that only counts: nanoseconds a packet of 1,400 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PacketizerBench {

    static final int PACKETS = 64;
    private static final int ROOM = PayloadStructure.PACKET_LENGTH - RtpPacket.FIXED_HEADER_LENGTH;
    private static final int TICKS = 3_000;
    private static final byte IDR_HEADER = 0x65;

    /** What the packets are made of. */
    public enum Packets {
        /** FU indicator and FU header before each fragment. */
        FU_A(1, PACKETS * (ROOM - 2) + 1),
        /** Seven units, each with its size before it, behind one header. */
        STAP_A(7 * PACKETS, (ROOM - 1) / 7 - 2);

        private final int units;
        private final int unitLength;

        Packets(int units, int unitLength) {
            this.units = units;
            this.unitLength = unitLength;
        }
    }

    @Param
    public Packets structure;

    private MemorySegment unit;
    private MemorySegment buffer;
    private Packetizer packetizer;
    private int timestamp;
    private long packets;
    private long bytes;

    @Setup
    public void prepare() {
        unit = Arena.ofAuto().allocate((long) PACKETS * PayloadStructure.PACKET_LENGTH).fill((byte) 0x5a);
        unit.set(ValueLayout.JAVA_BYTE, 0, IDR_HEADER);
        PacketizerConfig config = PacketizerConfig.defaults(1).withMaxPacketLength(PayloadStructure.PACKET_LENGTH).withAggregation();
        buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        packetizer = new Packetizer(config, 0, buffer, this::count);
    }

    private void count(MemorySegment packet, long offset, int length) {
        packets++;
        bytes += length;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long packetize() {
        packetizer.beginAccessUnit(timestamp += TICKS);
        for (int i = 0; i < structure.units; i++) {
            packetizer.nalUnit(unit, 0, structure.unitLength);
        }
        packetizer.endAccessUnit();
        return bytes;
    }

    /** The baseline: the same bytes to the same buffer. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public MemorySegment copy() {
        for (int i = 0; i < PACKETS; i++) {
            MemorySegment.copy(unit, (long) i * ROOM, buffer, 0, ROOM);
        }
        return buffer;
    }

    long packets() {
        return packets;
    }
}
