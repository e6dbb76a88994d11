package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;
import io.mcm.memif.RxQueue;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class InterruptTest {

    @TempDir
    Path dir;

    private int woken;

    @ParameterizedTest
    @EnumSource
    @Tag("MEMIF-6-01")
    void aBatchWakesASleepingConsumerOnce(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 4, 16))) {
            RxQueue rx = pair.rx(from);
            pair.reactor.add(rx.interrupt().fd(), () -> {
                rx.interrupt().drain();
                woken++;
            });
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 10; i++) {
                    Payload.send(pair.tx(from), i, 16);
                }
                pair.settle();
                assertThat(woken).as("committed is not published").isEqualTo(round - 1);
                pair.tx(from).publish();
                pair.reactor.poll(-1);
                pair.settle();
                assertThat(woken).isEqualTo(round);
                for (int i = 0; i < 10; i++) {
                    Payload.receive(rx, i, 16);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("MEMIF-6-02")
    void whatComesBetweenTheWakeUpAndTheLookWakesAgain(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 4, 16))) {
            RxQueue rx = pair.rx(from);
            pair.reactor.add(rx.interrupt().fd(), () -> {
                rx.interrupt().drain();
                if (++woken == 1) {
                    Payload.send(pair.tx(from), 8, 16);
                    pair.tx(from).publish();
                }
            });
            Payload.send(pair.tx(from), 7, 16);
            pair.tx(from).publish();
            pair.settle();
            assertThat(woken).isEqualTo(2);
            Payload.receive(rx, 7, 16);
            Payload.receive(rx, 8, 16);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("MEMIF-6-01")
    void aPollingConsumerIsNeverWoken(Role from) {
        MemifConfig config = MemifConfig.of(0, "test", 4, 16).withPolling(true);
        try (Pair pair = Pair.connected(dir, config)) {
            RxQueue rx = pair.rx(from);
            pair.reactor.add(rx.interrupt().fd(), () -> woken++);
            Payload.send(pair.tx(from), 7, 16);
            pair.tx(from).publish();
            pair.settle();
            assertThat(woken).isZero();
            Payload.receive(rx, 7, 16);
        }
    }

    /** Each side says so for itself: a polling server does not keep its client from being woken. */
    @ParameterizedTest
    @CsvSource({"SERVER, true, false, 1", "SERVER, false, true, 0", "CLIENT, true, false, 0", "CLIENT, false, true, 1"})
    void pollingIsTheConsumersOwnChoice(Role from, boolean serverPolls, boolean clientPolls, int expected) {
        MemifConfig config = MemifConfig.of(0, "test", 4, 16);
        try (Pair pair = Pair.connected(dir, config.withPolling(serverPolls), config.withPolling(clientPolls))) {
            pair.reactor.add(pair.rx(from).interrupt().fd(), () -> {
                pair.rx(from).interrupt().drain();
                woken++;
            });
            Payload.send(pair.tx(from), 7, 16);
            pair.tx(from).publish();
            pair.settle();
            assertThat(woken).isEqualTo(expected);
        }
    }

    /**
     * epoll goes on watching an eventfd that the peer holds as well, when we have closed ours: a peer that keeps signalling must
     * not call a handler of an interface that has ended.
     */
    @ParameterizedTest
    @EnumSource
    void anInterruptIsOutOfTheReactorOnceItsInterfaceHasEnded(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 4, 16))) {
            RxQueue rx = pair.rx(from);
            MemifInterface ending = from == Role.SERVER ? pair.clientSide : pair.serverSide;
            pair.reactor.add(rx.interrupt().fd(), () -> woken++);
            Payload.send(pair.tx(from), 7, 16);
            pair.tx(from).publish();
            ending.close();
            pair.reactor.poll(0);
            pair.settle();
            assertThat(woken).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerMayTakeTheInterruptOutAgainWhenToldOfTheEnd(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 4, 16))) {
            RxQueue rx = pair.rx(from);
            pair.reactor.add(rx.interrupt().fd(), () -> woken++);
            pair.clientSide.close();
            pair.settle();
            pair.reactor.remove(rx.interrupt().fd());
            assertThat(pair.reasons).containsExactly("the peer disconnected: interface closed");
        }
    }
}
