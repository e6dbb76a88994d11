package io.mcm.sdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.foreign.ProcessResources;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Proxies that go away and come back. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class ReconnectTest {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final Backoff FAST = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));
    private static final Backoff FOR_EVER = new Backoff(Duration.ofHours(1), Duration.ofHours(1));

    /** A header of 14 bytes and one NAL unit, whose last four bytes are {@code number}. */
    private static byte[] unit(int number) {
        return HexFormat.of().parseHex("0001" + "00000000" + "0900000000000000" + "00000001" + "65" + "%08x".formatted(number));
    }

    private static void deliver(FakeProxy proxy, int number) {
        proxy.deliver(unit(number), unit(number).length);
    }

    private static int number(McmBuffer unit) {
        byte[] bytes = unit.data().toArray(JAVA_BYTE);
        return HexFormat.fromHexDigits(HexFormat.of().formatHex(bytes), 10, 18);
    }

    private static void assertNext(McmConnection connection, int expected) throws IOException {
        McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
        assertThat(unit).as("unit %d, %s", expected, connection.counters().snapshot()).isNotNull();
        assertThat(number(unit)).isEqualTo(expected);
        connection.enqueue(unit);
    }

    /** Polls the connection until it has seen that its proxy is gone. */
    private static void awaitLoss(McmConnection connection) throws IOException {
        long before = connection.counters().get(SdkCounter.LOSSES);
        while (connection.counters().get(SdkCounter.LOSSES) == before) {
            assertThat(connection.dequeue(1)).isNull();
        }
    }

    private static void await(BooleanSupplier condition) {
        for (long start = System.nanoTime(); !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
        }
    }

    @Test
    void unlessAskedForALossIsTheEnd() throws Exception {
        FakeProxy proxy = FakeProxy.good();
        try (McmConnection connection = McmConnection.create(proxy.request())) {
            assertThat(connection.state()).isEqualTo(ConnectionState.CONNECTED);
            proxy.close();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> connection.dequeue(PATIENCE_MILLIS)).isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("connection to the proxy lost");
                assertThat(connection.state()).isEqualTo(ConnectionState.LOST);
            }
            assertThat(connection.counters().get(SdkCounter.LOSSES)).isEqualTo(1);
            assertThat(connection.counters().get(SdkCounter.RECONNECT_ATTEMPTS)).isZero();
        }
    }

    @Test
    void theStreamGoesOnWithEveryProxyThatComesBack() throws Exception {
        FakeProxy proxy = FakeProxy.good();
        int port = proxy.controlPort();
        try (McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST))) {
            for (int round = 0; round < 5; round++) {
                deliver(proxy, round);
                assertNext(connection, round);
                proxy.close();
                awaitLoss(connection);
                assertThat(connection.state()).isEqualTo(ConnectionState.RECONNECTING);
                assertThat(connection.dequeue(20)).isNull();
                proxy = FakeProxy.goodAt(port);
            }
            deliver(proxy, 77);
            assertNext(connection, 77);
            assertThat(connection.state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(connection.counters().snapshot()).containsEntry("losses", 5L).containsEntry("reconnects", 5L);
            assertThat(connection.counters().get(SdkCounter.RECONNECT_ATTEMPTS)).isGreaterThanOrEqualTo(10);
        } finally {
            proxy.close();
        }
    }

    @Test
    void aDequeueThatWaitsForEverGetsTheFirstUnitOfTheNextProxy() throws Exception {
        FakeProxy first = FakeProxy.good();
        try (McmConnection connection = McmConnection.create(first.request().withReconnect(FAST))) {
            CompletableFuture<Integer> unit = CompletableFuture.supplyAsync(() -> {
                try {
                    return number(connection.dequeue(-1));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }, Thread.ofPlatform()::start);
            first.close();
            await(() -> connection.state() == ConnectionState.RECONNECTING);
            try (FakeProxy second = FakeProxy.goodAt(first.controlPort())) {
                deliver(second, 12);
                assertThat(unit.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(12);
            }
        }
    }

    @Test
    void aConsumerThatNeverWaitsReconnectsToo() throws Exception {
        FakeProxy first = FakeProxy.good();
        try (McmConnection connection = McmConnection.create(first.request().withPolling(true).withReconnect(FAST))) {
            first.close();
            try (FakeProxy second = FakeProxy.goodAt(first.controlPort())) {
                CompletableFuture.runAsync(() -> deliver(second, 3));
                McmBuffer unit = null;
                for (long start = System.nanoTime(); unit == null; unit = connection.dequeue(0)) {
                    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
                }
                assertThat(number(unit)).isEqualTo(3);
            }
        }
    }

    @Test
    void aMemifThatIsLostAloneComesBackOnTheSameSession() throws Exception {
        try (FakeProxy proxy = FakeProxy.good(); McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST))) {
            int session = connection.sessionId();
            for (int round = 0; round < 3; round++) {
                proxy.dropMemif();
                awaitLoss(connection);
                while (connection.state() == ConnectionState.RECONNECTING) {
                    connection.dequeue(1);
                }
                deliver(proxy, round);
                assertNext(connection, round);
            }
            assertThat(proxy.sessions()).isEqualTo(1);
            assertThat(connection.sessionId()).isEqualTo(session);
        }
    }

    @Test
    void whatWasDeliveredBeforeTheLossIsReadFirst() throws Exception {
        FakeProxy proxy = FakeProxy.good();
        try (McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST))) {
            for (int i = 0; i < 8; i++) {
                deliver(proxy, i);
            }
            proxy.dropMemif();
            for (int i = 0; i < 8; i++) {
                assertNext(connection, i);
            }
        } finally {
            proxy.close();
        }
    }

    @Test
    void aReportedLossIsThrownOnceAndTheStreamGoesOn() throws Exception {
        try (FakeProxy proxy = FakeProxy.good();
             McmConnection connection = McmConnection.create(proxy.request().withReportedReconnect(FAST))) {
            for (int round = 0; round < 3; round++) {
                proxy.dropMemif();
                assertThatThrownBy(() -> connection.dequeue(-1)).isInstanceOf(ConnectionLostException.class).hasMessageContaining("dropped");
                assertThat(connection.state()).isEqualTo(ConnectionState.RECONNECTING);
                while (connection.state() == ConnectionState.RECONNECTING) {
                    assertThat(connection.dequeue(1)).isNull();
                }
                deliver(proxy, round);
                assertNext(connection, round);
            }
        }
    }

    @Test
    void theTimeoutHoldsWhileAProxyDoesNotAnswer() throws Exception {
        FakeProxy proxy = FakeProxy.good();
        McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST));
        proxy.close();
        try (ServerSocket _ = new ServerSocket(proxy.controlPort(), 5, InetAddress.getLoopbackAddress())) {
            awaitLoss(connection);
            long start = System.nanoTime();
            assertThat(connection.dequeue(100)).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
            start = System.nanoTime();
            connection.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void closeEndsABackOffAtOnceAndADequeueWithIt() throws Exception {
        FakeProxy proxy = FakeProxy.good();
        McmConnection connection = McmConnection.create(proxy.request().withReconnect(FOR_EVER));
        CompletableFuture<McmBuffer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return connection.dequeue(-1);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }, Thread.ofPlatform()::start);
        proxy.close();
        await(() -> connection.state() == ConnectionState.RECONNECTING);
        long start = System.nanoTime();
        connection.close();
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void heldUnitsKeepTheirBytesAndTheirMemoryUntilTheLastIsGivenBack() throws Exception {
        try (FakeProxy proxy = FakeProxy.good(); McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST))) {
            ProcessResources connected = ProcessResources.now();
            List<McmBuffer> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                deliver(proxy, i);
                held.add(connection.dequeue(PATIENCE_MILLIS));
            }
            proxy.dropMemif();
            awaitLoss(connection);
            while (connection.state() == ConnectionState.RECONNECTING) {
                connection.dequeue(1);
            }
            for (int i = 100; i < 150; i++) {
                deliver(proxy, i);
                assertNext(connection, i);
            }
            for (int i = 2; i >= 0; i--) {
                assertThat(ProcessResources.now().mappings()).as("%d held", i + 1).isGreaterThan(connected.mappings());
                assertThat(number(held.get(i))).isEqualTo(i);
                connection.enqueue(held.get(i));
            }
            assertThat(ProcessResources.settled(connected)).isEqualTo(connected);
        }
    }

    @Test
    void afterCloseHeldMemoryIsUnmappedAndAnAccessThrows() throws Exception {
        try (FakeProxy proxy = FakeProxy.good()) {
            McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST));
            deliver(proxy, 5);
            McmBuffer held = connection.dequeue(PATIENCE_MILLIS);
            proxy.dropMemif();
            awaitLoss(connection);
            while (connection.state() == ConnectionState.RECONNECTING) {
                connection.dequeue(1);
            }
            MemorySegment data = held.data();
            connection.close();
            assertThatThrownBy(() -> data.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
            connection.enqueue(held);
        }
    }

    /** Units are held over one or two losses, and given back in any order. */
    @Test
    void twoHundredReconnectsLeakNothing() throws Exception {
        ProcessResources before = ProcessResources.now();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FakeProxy proxy = FakeProxy.good();
        try (McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST))) {
            ArrayDeque<McmBuffer> held = new ArrayDeque<>();
            for (int round = 0; round < 200; round++) {
                deliver(proxy, round);
                held.add(connection.dequeue(PATIENCE_MILLIS));
                if (round % 4 == 3) {
                    proxy.close();
                    proxy = FakeProxy.goodAt(proxy.controlPort());
                } else {
                    proxy.dropMemif();
                }
                awaitLoss(connection);
                List<McmBuffer> back = new ArrayList<>();
                while (held.size() > random.nextInt(3)) {
                    back.add(held.remove());
                }
                Collections.shuffle(back, random);
                back.forEach(connection::enqueue);
                while (connection.state() == ConnectionState.RECONNECTING) {
                    connection.dequeue(1);
                }
            }
            assertThat(connection.counters().get(SdkCounter.RECONNECTS)).as("seed %d", seed).isEqualTo(200);
        } finally {
            proxy.close();
        }
        await(() -> ProcessResources.now().equals(before));
    }

    /** What an attempt makes after the connection was closed is closed as well. */
    @Test
    void aConnectionClosedAmidAnAttemptLeaksNothing() throws Exception {
        ProcessResources before = ProcessResources.now();
        for (int round = 0; round < 50; round++) {
            try (FakeProxy proxy = FakeProxy.good()) {
                McmConnection connection = McmConnection.create(proxy.request().withReconnect(FAST));
                proxy.dropMemif();
                awaitLoss(connection);
                TimeUnit.MICROSECONDS.sleep(round * 100);
                connection.close();
            }
        }
        await(() -> ProcessResources.now().equals(before));
    }
}
