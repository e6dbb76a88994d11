package io.mcm.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The back-off in a connection, on a clock that only its pauses move. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class ReconnectorTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));
    /** Longer than a test's clock goes while it waits. */
    private static final Backoff PATIENT = new Backoff(Duration.ofMillis(50), Duration.ofDays(10_000));
    /** As far as the clock goes on between two calls: a consumer that never waits looks for its proxy every 10 ms. */
    private static final long TICK_NANOS = 10_000_000;
    private static final long SEED = 20_240_924;

    private final AtomicLong now = new AtomicLong();
    private final List<Long> pauses = new CopyOnWriteArrayList<>();
    private final AtomicReference<FakeProxy> back = new AtomicReference<>();

    private static List<Long> schedule(Backoff backoff, int count) {
        Random random = new Random(SEED);
        List<Long> delays = new ArrayList<>();
        for (int attempt = 0; attempt < count; attempt++) {
            delays.add(backoff.delayNanos(attempt, random));
        }
        return delays;
    }

    private Timing timing(Timing.Pause pause) {
        return new Timing(now::get, pause, new Random(SEED));
    }

    private void pause(long nanos) {
        pauses.add(nanos);
        now.addAndGet(nanos);
    }

    private void awaitReconnect(McmConnection connection, int reconnects) throws IOException {
        while (connection.counters().get(SdkCounter.RECONNECTS) < reconnects) {
            connection.dequeue(0);
            // A handshake under way has its timeout by this clock.
            now.addAndGet(connection.state() == ConnectionState.CONNECTED ? TICK_NANOS : 0);
        }
    }

    @Test
    void everyAttemptIsMadeAfterItsPauseAndCounted() throws Exception {
        FakeProxy gone = FakeProxy.good();
        Timing timing = timing(nanos -> {
            pause(nanos);
            if (pauses.size() == 12) {
                startAgain(gone.controlPort());
            }
        });
        now.set(Duration.ofMinutes(1).toNanos());
        try (McmConnection connection = McmConnection.create(gone.request().withPolling(true).withReconnect(BACKOFF), timing)) {
            gone.close();
            now.addAndGet(BACKOFF.longest().toNanos());
            awaitReconnect(connection, 1);
            assertThat(pauses).isEqualTo(schedule(BACKOFF, 12));
            assertThat(connection.counters().get(SdkCounter.RECONNECT_ATTEMPTS)).isEqualTo(12);
        } finally {
            back.get().close();
        }
    }

    private void startAgain(int port) {
        try {
            back.set(FakeProxy.goodAt(port));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Each loss follows soon on the link before it: the pauses grow as if no attempt had succeeded. */
    @Test
    void aProxyThatAcceptsAndDropsIsNotHammered() throws Exception {
        lose(8, 0);
        assertThat(pauses).isEqualTo(schedule(PATIENT, 8));
    }

    @Test
    void aLinkThatHeldForLongerThanTheLongestBackOffStartsAnew() throws Exception {
        lose(5, PATIENT.longest().toNanos());
        assertThat(pauses).hasSize(5).containsOnly(0L);
    }

    /** A link that holds for so long, then is lost; several times. */
    private void lose(int times, long afterNanos) throws IOException {
        try (FakeProxy proxy = FakeProxy.good();
             McmConnection connection = McmConnection.create(
                 proxy.request().withPolling(true).withReconnect(PATIENT), timing(this::pause))) {
            for (int loss = 1; loss <= times; loss++) {
                now.addAndGet(afterNanos);
                proxy.dropMemif();
                awaitReconnect(connection, loss);
            }
        }
    }
}
