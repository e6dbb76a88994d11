package io.mcm.camera.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.camera.source.NalUnitSink;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
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

    private void run(SyntheticSource source) {
        for (int i = 0; i < PICTURES; i++) {
            source.step(sink);
        }
    }
}
