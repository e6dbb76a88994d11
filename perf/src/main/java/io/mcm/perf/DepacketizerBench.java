package io.mcm.perf;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A NAL unit in FU-A packets of 1,400 bytes, put together in one buffer: nanoseconds a packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DepacketizerBench {

    static final int PACKETS = 64;
    private static final int PACKET_LENGTH = 1400;
    private static final int FU_HEADERS_LENGTH = 2;
    private static final int HEADERS_LENGTH = RtpPacket.FIXED_HEADER_LENGTH + FU_HEADERS_LENGTH;
    private static final int FRAGMENT_LENGTH = PACKET_LENGTH - HEADERS_LENGTH;
    /** The header byte is not part of a fragment. */
    static final int NAL_UNIT_LENGTH = PACKETS * FRAGMENT_LENGTH + 1;
    private static final byte IDR_HEADER = 0x65;

    private final MemorySegment packets = Arena.ofAuto().allocate((long) PACKETS * PACKET_LENGTH);
    private final MemorySegment unit = Arena.ofAuto().allocate(NAL_UNIT_LENGTH);
    private final Contiguous sink = new Contiguous(unit);
    private final Depacketizer depacketizer = new Depacketizer(sink);
    private final RtpPacket packet = new RtpPacket();
    private int made;

    @Setup
    public void packetize() {
        MemorySegment source = Arena.ofAuto().allocate(NAL_UNIT_LENGTH);
        source.fill((byte) 0x5a).set(ValueLayout.JAVA_BYTE, 0, IDR_HEADER);
        PacketizerConfig config = PacketizerConfig.defaults(1).withMaxPacketLength(PACKET_LENGTH);
        MemorySegment buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        Packetizer packetizer = new Packetizer(config, 0, buffer, this::keep);
        packetizer.beginAccessUnit(0);
        packetizer.nalUnit(source, 0, NAL_UNIT_LENGTH);
        packetizer.endAccessUnit();
        if (made != PACKETS) {
            throw new IllegalStateException(made + " packets, expected " + PACKETS);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long depacketize() {
        for (int i = 0; i < PACKETS; i++) {
            packet.wrap(packets, (long) i * PACKET_LENGTH, PACKET_LENGTH);
            depacketizer.packet(packet, i, 0);
        }
        return sink.length();
    }

    /** The baseline: the same bytes to the same place, and nothing looked at. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public MemorySegment copy() {
        for (int i = 0; i < PACKETS; i++) {
            long from = (long) i * PACKET_LENGTH + HEADERS_LENGTH;
            MemorySegment.copy(packets, from, unit, (long) i * FRAGMENT_LENGTH, FRAGMENT_LENGTH);
        }
        return unit;
    }

    private void keep(MemorySegment segment, long offset, int length) {
        MemorySegment.copy(segment, offset, packets, (long) made++ * PACKET_LENGTH, length);
    }

    /** Puts each NAL unit at the start of one buffer. */
    private static final class Contiguous implements NalUnitSink {

        private final MemorySegment unit;
        private long at;

        Contiguous(MemorySegment unit) {
            this.unit = unit;
        }

        long length() {
            return at;
        }

        @Override
        public void begin(NalUnitOrigin origin, int header) {
            unit.set(ValueLayout.JAVA_BYTE, 0, (byte) header);
            at = 1;
        }

        @Override
        public void append(MemorySegment from, long offset, int length) {
            MemorySegment.copy(from, offset, unit, at, length);
            at += length;
        }

        @Override
        public void end() {
        }

        @Override
        public void abandon() {
            at = 0;
        }

        @Override
        public void endAccessUnit() {
        }
    }
}
