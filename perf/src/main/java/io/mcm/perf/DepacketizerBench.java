package io.mcm.perf;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.H264Counter;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.MemorySegment;
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

/**
 * What a received packet costs until its NAL unit lies in memory as large as a ring's, reordering and access units included:
 * nanoseconds a packet of 1,400 bytes, by payload structure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DepacketizerBench {

    static final int PACKETS = 64;
    private static final int TICKS_PER_FRAME = 3600;

    /** How the packets are made. */
    @Param
    public PayloadStructure structure;

    private final RingOfUnits ring = new RingOfUnits();
    private final Depacketizer depacketizer = new Depacketizer(ring);
    private final RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), depacketizer);
    private MemorySegment packets;
    private int[] lengths;
    private int sequence;
    private int timestamp;
    private long now;

    @Setup
    public void packetize() {
        PayloadStructure.Packets made = structure.packets(PACKETS);
        packets = made.memory();
        lengths = made.lengths();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long depacketize() {
        timestamp += TICKS_PER_FRAME;
        now++;
        for (int i = 0; i < PACKETS; i++) {
            long at = (long) i * PayloadStructure.PACKET_LENGTH;
            RtpPacket.writeSequence(packets, at, sequence++);
            RtpPacket.writeTimestamp(packets, at, timestamp);
            structure.advance(packets, at, i, PACKETS);
            receiver.accept(packets, at, lengths[i], now);
        }
        return ring.bytes();
    }

    /** The baseline: the same packets to memory of the same size, and nothing looked at. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long copy() {
        ring.begin(null, 0);
        for (int i = 0; i < PACKETS; i++) {
            ring.append(packets, (long) i * PayloadStructure.PACKET_LENGTH, PayloadStructure.PACKET_LENGTH - RtpPacket.FIXED_HEADER_LENGTH);
        }
        ring.end();
        return ring.bytes();
    }

    long units() {
        return depacketizer.counters().get(H264Counter.NAL_UNITS);
    }

    /** For a test: all that waits comes out. */
    void flush() {
        receiver.flush();
    }
}
