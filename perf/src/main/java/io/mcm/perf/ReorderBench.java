package io.mcm.perf;

import io.mcm.metric.Counters;
import io.mcm.rtp.ReorderWindow;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpSink;
import java.lang.foreign.Arena;
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

/** What the reorder window alone costs: nanoseconds a packet of 1,400 bytes; one that waits is copied. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ReorderBench {

    static final int PACKETS = 64;

    /** In which order packets come. */
    public enum Arrival {
        IN_ORDER(0),
        /** Every two are exchanged, so that half of the packets wait. */
        SWAPPED(1);

        private final int mask;

        Arrival(int mask) {
            this.mask = mask;
        }

        int at(int n) {
            return n ^ mask;
        }
    }

    @Param
    public Arrival arrival;

    private final Counters<RtpCounter> counters = new Counters<>(RtpCounter.class);
    private final ReorderWindow window = new ReorderWindow(ReorderWindow.DEFAULT_PACKETS, ReorderWindow.DEFAULT_NANOS, counters, new Tally());
    private final RtpPacket packet = new RtpPacket();
    private final MemorySegment copied = Arena.ofAuto().allocate(PayloadStructure.PACKET_LENGTH);
    private PayloadStructure.Packets packets;
    private int sequence;
    private long now;
    private long delivered;

    /** Looks at nothing, as the window does. */
    private final class Tally implements RtpSink {

        @Override
        public void packet(RtpPacket next, long extendedSequence, long arrivalNanos) {
            delivered++;
        }

        @Override
        public void lost(int count) {
            throw new IllegalStateException(count + " packets lost");
        }

        @Override
        public void end() {
            // Of no stream here.
        }
    }

    /** The first packet tells where the stream begins: it must not be one that is late. */
    @Setup
    public void begin() {
        packets = PayloadStructure.FU_A.packets(PACKETS);
        accept(0, sequence++);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long reorder() {
        now++;
        for (int i = 0; i < PACKETS; i++) {
            int n = arrival.at(i);
            accept(n, sequence + n);
        }
        sequence += PACKETS;
        return delivered;
    }

    private void accept(int n, int number) {
        long at = (long) n * PayloadStructure.PACKET_LENGTH;
        RtpPacket.writeSequence(packets.memory(), at, number);
        packet.wrap(packets.memory(), at, packets.lengths()[n]);
        window.accept(packet, now);
    }

    /** The baseline: every packet copied once. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public MemorySegment copy() {
        for (int i = 0; i < PACKETS; i++) {
            MemorySegment.copy(packets.memory(), (long) i * PayloadStructure.PACKET_LENGTH, copied, 0, PayloadStructure.PACKET_LENGTH);
        }
        return copied;
    }

    long delivered() {
        return delivered;
    }
}
