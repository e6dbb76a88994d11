package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.EventFd;
import io.mcm.ingest.IngestCounter;
import io.mcm.ingest.KernelSource;
import io.mcm.ingest.PacketSource;
import io.mcm.metric.Counters;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtpDatagram;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WorkerTest {

    @TempDir
    private Path folder;

    private final Worker worker = new Worker("worker-under-test", System::nanoTime);
    private final AtomicInteger names = new AtomicInteger();

    @AfterEach
    void closeTwice() {
        worker.close();
        worker.close();
    }

    private Session begin(PacketSource source) {
        SessionConfig config = new SessionConfig(InetAddress.getLoopbackAddress(), folder, DeliveryUnit.NALU, 2048, 4);
        return Sessions.begin(worker, names.incrementAndGet(), source, null, config);
    }

    private static KernelSource anyPort() {
        return KernelSource.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void send(int port, byte[] bytes) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** A source that always says it has something, and fails. */
    private static final class FailingSource implements PacketSource {

        private final EventFd readable = EventFd.create();
        private volatile boolean closed;

        FailingSource() {
            readable.signal();
        }

        @Override
        public int fd() {
            return readable.fd();
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public int receive(DatagramBatch batch) {
            throw new IllegalStateException("made to fail");
        }

        @Override
        public Counters<IngestCounter> counters() {
            return new Counters<>(IngestCounter.class);
        }

        @Override
        public void close() {
            closed = true;
            readable.close();
        }
    }

    @Test
    void aCommandsResultComesBack() {
        assertThat(worker.<String>call(() -> Thread.currentThread().getName())).isEqualTo("worker-under-test");
    }

    @Test
    void aCommandsExceptionReachesTheCallerAndTheThreadGoesOn() {
        assertThatThrownBy(() -> worker.call(() -> {
            throw new IllegalArgumentException("bad command");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("bad command");
        assertThatThrownBy(() -> worker.call(() -> {
            throw new StackOverflowError("an error too");
        })).hasMessageContaining("an error too");
        assertThat(worker.<Integer>call(() -> 5)).isEqualTo(5);
    }

    @Test
    void aFailingSessionEndsAndTheOneBesideItDoesNot() throws Exception {
        Session good = begin(anyPort());
        FailingSource source = new FailingSource();
        begin(source);
        await(() -> source.closed);
        send(good.port().number(), RtpDatagram.of(1).marker().bytes());
        await(() -> good.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == 1);
    }

    @Test
    void aFaultOutsideASessionDoesNotEndTheThread() throws Exception {
        EventFd readable = EventFd.create();
        AtomicInteger calls = new AtomicInteger();
        worker.call(() -> {
            worker.reactor().add(readable.fd(), () -> {
                readable.drain();
                calls.incrementAndGet();
                throw new IllegalStateException("a handler that fails");
            });
            return null;
        });
        readable.signal();
        await(() -> calls.get() == 1);
        assertThat(worker.<Integer>call(() -> 6)).isEqualTo(6);
        worker.call(() -> {
            worker.reactor().remove(readable.fd());
            readable.close();
            return null;
        });
    }

    @Test
    void aGapIsGivenUpByTheTimerAlone() throws Exception {
        Session session = begin(anyPort());
        send(session.port().number(), RtpDatagram.of(1).bytes());
        send(session.port().number(), RtpDatagram.of(3).bytes());
        await(() -> session.deliveryCounters().get(DeliveryCounter.NO_CONSUMER) == 2);
        assertThat(session.port().rtpCounters().snapshot()).containsEntry("lost", 1L);
    }

    @Test
    void closeEndsItsSessionsAndFreesTheirPorts() throws Exception {
        Session session = begin(anyPort());
        worker.close();
        try (DatagramSocket again = new DatagramSocket(session.port().number(), InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
