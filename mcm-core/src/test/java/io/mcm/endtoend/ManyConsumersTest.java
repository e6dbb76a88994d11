package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.ingest.KernelTransport;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.WorkerReport;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several consumers of one UDP port, and many cameras of one proxy. */
@Timeout(300)
class ManyConsumersTest {

    private static final int UNITS = 12;
    private static final int ROUNDS = 2_000;
    private static final int RING = 1 << Mesh.LOG2_RING;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(DeliveryUnit.class)
    void allConsumersOfAPortGetTheSameUnits(DeliveryUnit unit) throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, unit); McmConnection one = mesh.consumer(port); McmConnection two = mesh.consumer(port);
             McmConnection three = mesh.consumer(port); Camera camera = new Camera(port)) {
            for (int i = 0; i < UNITS; i++) {
                camera.accessUnit(100 + i);
            }
            assertThat(List.of(Mesh.take(one, UNITS), Mesh.take(two, UNITS), Mesh.take(three, UNITS))).containsOnly(camera.sent());
        }
    }

    @Test
    void aConsumerThatNeverReadsLosesOnlyItsOwnUnits() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection asleep = mesh.consumer(port);
             McmConnection awake = mesh.consumer(port); Camera camera = new Camera(port)) {
            List<String> got = new ArrayList<>();
            for (int i = 0; i < 5 * RING; i++) {
                camera.accessUnit(100);
                got.addAll(Mesh.take(awake, 1));
            }
            assertThat(got).isEqualTo(camera.sent());
            assertThat(counter(mesh, asleep, "ring_full")).isEqualTo(4 * RING);
            assertThat(counter(mesh, awake, "ring_full")).isZero();
            assertThat(Mesh.take(asleep, RING)).isEqualTo(camera.sent().subList(0, RING));
        }
    }

    private static long counter(Mesh mesh, McmConnection consumer, String label) {
        return mesh.proxy.reports().stream().filter(report -> report.id() == consumer.sessionId()).findFirst().orElseThrow()
            .counters().get(label);
    }

    @Test
    void camerasAreSpreadOverWorkersAndEachStreamArrives() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Mesh mesh = new Mesh(MediaProxy.start(any, Mesh.config(folder, DeliveryUnit.NALU), new KernelTransport(), 3));
             ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> streams = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int port = Mesh.freePort();
                McmConnection consumer = mesh.consumer(port);
                streams.add(threads.submit(() -> {
                    try (consumer; Camera camera = new Camera(port)) {
                        camera.accessUnit(100, 4000);
                        assertThat(Mesh.take(consumer, 2)).isEqualTo(camera.sent());
                    }
                    return null;
                }));
                if (i == 0) {
                    streams.removeFirst().get();
                }
            }
            for (Future<?> stream : streams) {
                stream.get();
            }
            assertThat(mesh.proxy.workerReports()).extracting(WorkerReport::name)
                .containsExactly("mcm-worker-0", "mcm-worker-1", "mcm-worker-2");
        }
    }

    /** What a session's start and end do to another one on the same worker: less than a picture's interval at 30 a second. */
    @Test
    void sessionsThatStartAndStopDoNotPauseTheOthers() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection beside = mesh.consumer(port); Camera camera = new Camera(port);
             ExecutorService thread = Executors.newSingleThreadExecutor()) {
            AtomicBoolean running = new AtomicBoolean(true);
            Future<?> others = thread.submit(() -> {
                while (running.get()) {
                    mesh.consumer(Mesh.freePort()).close();
                    mesh.consumer(port).close();
                }
                return null;
            });
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                waits.add(wait(camera, beside));
            }
            running.set(false);
            others.get();
            waits.sort(null);
            // Not the slowest: on a busy machine those are the scheduler's.
            assertThat(waits.get(ROUNDS * 9 / 10)).as("90th percentile of %s", waits).isLessThan(33_000_000);
        }
    }

    /** Nanoseconds from an access unit's sending to its arrival. */
    private static long wait(Camera camera, McmConnection consumer) throws Exception {
        long before = System.nanoTime();
        camera.accessUnit(100);
        McmBuffer unit = consumer.dequeue(Mesh.PATIENCE_MILLIS);
        consumer.enqueue(unit);
        return System.nanoTime() - before;
    }
}
