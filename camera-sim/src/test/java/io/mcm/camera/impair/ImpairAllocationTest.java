package io.mcm.camera.impair;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.camera.TimedPacketSink;
import io.mcm.rtp.RtpPacket;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Impairing, and writing down what was done, makes no garbage once everything is warm. */
class ImpairAllocationTest {

    private static final int PACKETS = 50_000;
    private static final long SPACING = 1_000_000;

    private static final class Bytes implements TimedPacketSink {

        private long bytes;

        @Override
        public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
            bytes += length;
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        Bytes sink = new Bytes();
        Impairments everything = Impairments.of(1, new Impairment.Loss(2), Impairment.BurstLoss.of(2, 4), new Impairment.Reorder(5, 1, 9),
            new Impairment.Duplicate(5), new Impairment.Delay(20), new Impairment.Jitter(10, Distribution.EXPONENTIAL, false),
            new Impairment.RateLimit(20, 50, 5_000), new Impairment.BitErrors(1e-5, 0, false), new Impairment.Truncate(1, 0),
            new Impairment.Drift(50), new Impairment.Restart());
        Impairer impairer = new Impairer(everything, OutputStream.nullOutputStream(), sink);
        MemorySegment packet = Arena.ofAuto().allocate(1_200);
        RtpPacket.writeHeader(packet, 0, 96, 1, 2, 3);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(impairer, packet, 0);
        run(impairer, packet, 1);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(impairer, packet, 2);
        // Tails of chance still grow a place or two; one object a packet would be 16 bytes each.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(PACKETS);
        assertThat(sink.bytes).isPositive();
    }

    private static void run(Impairer impairer, MemorySegment packet, int round) {
        for (long i = 0; i < PACKETS; i++) {
            impairer.packet(0, packet, 0, 1_200, (round * PACKETS + i) * SPACING);
        }
    }
}
