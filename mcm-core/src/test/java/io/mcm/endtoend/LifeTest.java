package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlClient;
import io.mcm.control.ControlServer;
import io.mcm.control.DeliveryUnit;
import io.mcm.control.MemifParam;
import io.mcm.control.SessionRefusedException;
import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.proxy.MediaProxy;
import io.mcm.sdk.ConnectionLostException;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camera, proxy and consumer in one process: how they come and go. */
@Timeout(300)
class LifeTest {

    private static final Duration PATIENCE = Duration.ofMillis(Mesh.PATIENCE_MILLIS);

    @TempDir
    private Path folder;

    @Test
    void closeFromAnotherThreadEndsADequeueThatWaitsForEver() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU)) {
            McmConnection consumer = mesh.consumer(port);
            AtomicReference<Thread> waiting = new AtomicReference<>();
            CompletableFuture<McmBuffer> result = CompletableFuture.supplyAsync(() -> {
                waiting.set(Thread.currentThread());
                try {
                    return consumer.dequeue(-1);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Mesh.await(() -> waiting.get() != null);
            TimeUnit.MILLISECONDS.sleep(30);
            assertThat(result).isNotDone();
            consumer.close();
            assertThat(result.get(1, TimeUnit.SECONDS)).isNull();
            consumer.close();
            assertThatThrownBy(() -> consumer.dequeue(0)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50, -1})
    void aProxyThatClosesMidStreamLeavesWhatItDeliveredAndThenAReason(long timeout) throws IOException {
        int port = Mesh.freePort();
        Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
        try (mesh; McmConnection consumer = mesh.consumer(port); Camera camera = new Camera(port)) {
            for (int i = 0; i < 5; i++) {
                camera.accessUnit(3000);
            }
            mesh.awaitPackets(port, 15);
            mesh.close();
            assertThat(Mesh.take(consumer, 5)).isEqualTo(camera.sent());
            assertThatThrownBy(() -> {
                while (true) {
                    consumer.dequeue(timeout);
                }
            }).isInstanceOf(ConnectionLostException.class).hasMessageContaining("interface deleted");
        }
    }

    @Test
    void aPortInUseIsRefusedAndTheProxysLogSaysWhy() throws IOException {
        List<String> log = new ArrayList<>();
        Logger logger = Logger.getLogger(ControlServer.class.getName());
        Handler handler = recorder(log);
        logger.addHandler(handler);
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
             Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> mesh.consumer(port)).isInstanceOf(SessionRefusedException.class).hasMessageContaining("refused");
            Mesh.await(() -> !log.isEmpty());
            assertThat(log).singleElement().asString().contains("UDP port " + port).contains("address in use");
            assertThat(folder).as("no socket file is left").isEmptyDirectory();
        } finally {
            logger.removeHandler(handler);
        }
    }

    private static Handler recorder(List<String> log) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                log.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void aConsumerThatClosesOnlyItsTcpConnectionEndsItsSessionAndNoOther() throws IOException {
        int port = Mesh.freePort();
        int other = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection beside = mesh.consumer(other);
             Camera camera = new Camera(other); Reactor reactor = new Reactor()) {
            ControlClient control = ControlClient.connect(mesh.proxy.controlAddress(), PATIENCE);
            MemifInterface memif = connect(reactor, control.query(control.create(ConnectionParam.receiveH264(port))));
            control.close();
            while (memif.isConnected()) {
                reactor.poll(-1);
            }
            assertThat(memif.disconnectReason()).contains("interface deleted");
            memif.close();
            Mesh.await(() -> mesh.proxy.reports().size() == 1);
            camera.accessUnit(100);
            assertThat(Mesh.take(beside, 1)).isEqualTo(camera.sent());
            mesh.consumer(port).close();
        }
    }

    private static MemifInterface connect(Reactor reactor, MemifParam param) {
        MemifConfig config = MemifConfig.of(param.interfaceId(), "test", param.log2RingSize(), param.bufferSize());
        return new BuiltinEngine().connect(reactor, param.socketPath(), config, PATIENCE.toNanos(), System::nanoTime);
    }

    @Test
    void aConsumerThatClosesOnlyItsMemifMayConnectItAgain() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); Camera camera = new Camera(port); Reactor reactor = new Reactor();
             ControlClient control = ControlClient.connect(mesh.proxy.controlAddress(), PATIENCE)) {
            MemifParam param = control.query(control.create(ConnectionParam.receiveH264(port)));
            for (int round = 1; round <= 3; round++) {
                camera.accessUnit(100);
                int gone = round;
                Mesh.await(() -> mesh.count(port, "no_consumer") == gone);
                try (MemifInterface memif = connect(reactor, param)) {
                    Mesh.await(() -> mesh.count(port, "consumers") == gone);
                    camera.accessUnit(100);
                    Mesh.await(() -> memif.rx(0).next());
                    assertThat(memif.rx(0).length()).isEqualTo(14 + 4 + 100);
                }
            }
        }
    }

    @Test
    void oneControlConnectionMayHaveSeveralSessions() throws IOException {
        int first = Mesh.freePort();
        int second = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
             ControlClient control = ControlClient.connect(mesh.proxy.controlAddress(), PATIENCE)) {
            int a = control.create(ConnectionParam.receiveH264(first));
            int b = control.create(ConnectionParam.receiveH264(second));
            assertThat(control.query(a).socketPath()).isNotEqualTo(control.query(b).socketPath());
            control.destroy(a);
            Mesh.await(() -> mesh.proxy.reports().size() == 1);
            assertThat(mesh.report(second).id()).isEqualTo(b);
            int again = control.create(ConnectionParam.receiveH264(first));
            assertThat(again).isNotIn(a, b);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void twoProxiesMayShareARunDirectory() throws IOException {
        int port = Mesh.freePort();
        int other = Mesh.freePort();
        try (Mesh one = Mesh.start(folder, DeliveryUnit.NALU); Mesh two = Mesh.start(folder, DeliveryUnit.NALU);
             McmConnection consumer = one.consumer(port); McmConnection neighbour = two.consumer(other);
             Camera camera = new Camera(port); Camera neighbourCamera = new Camera(other)) {
            camera.accessUnit(10);
            neighbourCamera.accessUnit(2000);
            assertThat(Mesh.take(consumer, 1)).isEqualTo(camera.sent());
            assertThat(Mesh.take(neighbour, 1)).isEqualTo(neighbourCamera.sent());
        }
    }

    /** Several threads create and close sessions; then nothing of them is left in the process. */
    @Test
    void aThousandSessionsLeaveNoDescriptorsMappingsOrSocketFiles() throws Exception {
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU)) {
            sessions(mesh, 8);
            long descriptors = descriptors();
            long mappings = mappings();
            sessions(mesh, 1_000);
            Mesh.await(() -> mesh.proxy.reports().isEmpty());
            Mesh.await(() -> descriptors() <= descriptors + 2);
            Mesh.await(() -> mappings() <= mappings);
            Mesh.await(() -> folder.toFile().list().length == 0);
        }
    }

    private static void sessions(Mesh mesh, int count) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            // Each with a port of its own: two cameras on one port are one too many.
            Set<Integer> ports = new LinkedHashSet<>();
            while (ports.size() < count) {
                ports.add(Mesh.freePort());
            }
            List<Callable<Void>> all = new ArrayList<>();
            for (int port : ports) {
                boolean held = all.size() % 2 == 0;
                all.add(() -> {
                    session(mesh, port, held);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        }
    }

    /** Closed with a unit read or unread, and a packet on its way. */
    private static void session(Mesh mesh, int port, boolean held) throws IOException {
        try (McmConnection consumer = mesh.consumer(port); Camera camera = new Camera(port)) {
            camera.accessUnit(5000);
            if (held) {
                assertThat(Mesh.hex(consumer.dequeue(Mesh.PATIENCE_MILLIS))).isEqualTo(camera.sent().getFirst());
            }
            camera.accessUnit(5000);
        }
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long mappings() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("memfd")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anIdleProxyUsesNoProcessorTime() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(5000);
            assertThat(Mesh.take(consumer, 1)).isEqualTo(camera.sent());
            TimeUnit.MILLISECONDS.sleep(250);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long[] workers = Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith("mcm-worker"))
                .mapToLong(ThreadInfo::getThreadId).toArray();
            assertThat(workers).hasSize(MediaProxy.DEFAULT_WORKERS);
            long before = threads.getThreadCpuTime(workers[0]);
            TimeUnit.MILLISECONDS.sleep(500);
            assertThat(threads.getThreadCpuTime(workers[0]) - before).as("nanoseconds in half a second").isLessThan(2_000_000);
        }
    }

    @Test
    void aReportIsOneLineOfWhatIsNotZero() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection _ = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(100);
            mesh.awaitPackets(port, 1);
            assertThat(mesh.report(port).toString()).startsWith("UDP port " + port + ", packets 1, ").contains(", nal_units 1")
                .contains(", unit_bytes 104").doesNotContain("lost").hasLineCount(1);
        }
    }
}
