package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.packetize.HeaderExtension;
import io.mcm.camera.packetize.PacketizedSource;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.camera.source.NalUnitSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A camera that runs makes no garbage. */
class AllocationTest {

    private static final int PICTURES = 5_000;

    private long bytes;

    private final NalUnitSink sink = new NalUnitSink() {
        @Override
        public void beginAccessUnit(int timestamp, long dueNanos) {
            // Only bytes count.
        }

        @Override
        public void nalUnit(MemorySegment segment, long offset, int length) {
            bytes += length;
        }

        @Override
        public void endAccessUnit() {
            // Only bytes count.
        }
    };

    @Test
    void nothingIsAllocatedPerPicture() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SyntheticConfig config = SyntheticConfig.of(new PictureSize(640, 360), new FrameRate(25, 1)).withBitsPerSecond(1_000_000)
            .withReorder(1).withSlices(2);
        SyntheticSource source = new SyntheticSource(config, dueNanos -> dueNanos);
        run(source);
        run(source);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(source);
        // Measuring allocates a little itself; one object a picture would be 16 bytes and more.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(PICTURES);
        assertThat(bytes).isPositive();
    }

    @Test
    void nothingIsAllocatedPerPacket() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SyntheticConfig config = SyntheticConfig.of(new PictureSize(640, 360), new FrameRate(25, 1)).withBitsPerSecond(1_000_000);
        RtpConfig rtp = RtpConfig.of(1).withCsrcs(List.of(1, 2_000)).withPadding(8).withExtension(HeaderExtension.parse("one-byte:1=ntp-64"));
        PacketizedSource source = new PacketizedSource(new SyntheticSource(config, dueNanos -> dueNanos), PayloadConfig.DEFAULTS, rtp,
            dueNanos -> dueNanos);
        run(source);
        run(source);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(source);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(PICTURES);
        assertThat(bytes).isPositive();
    }

    private void run(PacketizedSource source) throws IOException {
        for (int i = 0; i < PICTURES; i++) {
            source.step(packets);
        }
    }

    private final TimedPacketSink packets = new TimedPacketSink() {
        @Override
        public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
            bytes += length;
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    };

    private void run(SyntheticSource source) {
        for (int i = 0; i < PICTURES; i++) {
            source.step(sink);
        }
    }
}
