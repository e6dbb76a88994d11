package io.mcm.endtoend;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcm.control.DeliveryUnit;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Neither the proxy's worker nor the consumer makes garbage once it is warm, system calls and waiting included. */
@Timeout(300)
class AllocationTest {

    private static final int WARM_UP = 40_000;
    private static final int UNITS = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long sum;

    @TempDir
    private Path folder;

    @Test
    void aUnitCostsNoGarbageOnItsWayFromSocketToApplication() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            allocatedByDequeueAndEnqueue(consumer, camera, WARM_UP);
            long before = allocatedByWorkers();
            long consumed = allocatedByDequeueAndEnqueue(consumer, camera, UNITS);
            long delivered = allocatedByWorkers() - before;

            // Something of the compiler's may still happen; one object a unit would be 16 bytes and more.
            assertThat(consumed).as("consumer").isLessThan(UNITS);
            assertThat(delivered).as("worker").isLessThan(UNITS);
            assertThat(sum).isNotZero();
        }
    }

    private long allocatedByDequeueAndEnqueue(McmConnection consumer, Camera camera, int units) throws IOException {
        long allocated = 0;
        for (int i = 0; i < units; i++) {
            camera.accessUnit(20);
            long before = threads.getCurrentThreadAllocatedBytes();
            McmBuffer unit = consumer.dequeue(-1);
            sum += unit.segment().get(JAVA_BYTE, unit.offset() + unit.length() - 1);
            consumer.enqueue(unit);
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    private long allocatedByWorkers() {
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().startsWith("mcm-worker-"))
            .mapToLong(info -> threads.getThreadAllocatedBytes(info.getThreadId())).sum();
    }
}
