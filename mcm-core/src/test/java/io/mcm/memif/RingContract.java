package io.mcm.memif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcm.memif.EnginePair.From;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine does with a ring, whichever engine its peer is. */
@Timeout(300)
abstract class RingContract {

    static final MemifConfig CONFIG = MemifConfig.of(0, "contract", 3, 2048);

    @TempDir
    Path dir;

    abstract MemifEngine servers();

    abstract MemifEngine clients();

    final EnginePair listening(MemifConfig offered) {
        return EnginePair.listening(servers(), clients(), dir.resolve("memif.sock").toString(), offered);
    }

    final EnginePair connected(MemifConfig config) {
        EnginePair pair = listening(config);
        pair.connect(config);
        return pair;
    }

    private void assumeLength(int length) {
        assumeTrue(length <= Math.min(servers().maxBufferLength(), clients().maxBufferLength()), "no buffers of " + length);
    }

    @ParameterizedTest
    @CsvSource({"SERVER, 64", "CLIENT, 64", "SERVER, 1500", "CLIENT, 1500", "SERVER, 65535", "CLIENT, 65535", "SERVER, 262144",
        "CLIENT, 262144", "SERVER, 1048576", "CLIENT, 1048576", "SERVER, 5184000", "CLIENT, 5184000"})
    void aBufferIsUsableFromItsFirstByteToItsLast(From from, int length) {
        assumeLength(length);
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", 1, length))) {
            for (int number = 0; number < 5; number++) {
                assertThat(Payload.send(pair.tx(from), number, length)).isTrue();
                assertThat(pair.tx(from).publish()).isEqualTo(1);
                Payload.receive(pair.rx(from), number, length);
            }
        }
    }

    /** 2^8 buffers of 5,184,000 bytes each way are the most that fit 4 GiB. */
    @ParameterizedTest
    @EnumSource
    void theLastBufferOfTheLargestRegionIsUsable(From from) {
        assumeLength(5_184_000);
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", 8, 5_184_000))) {
            for (int number = 0; number < 256; number++) {
                assertThat(Payload.send(pair.tx(from), number, 16)).isTrue();
            }
            pair.tx(from).publish();
            for (int number = 0; number < 256; number++) {
                Payload.receive(pair.rx(from), number, 16);
            }
        }
    }

    /** Enough packets that the 16-bit indexes wrap. */
    @ParameterizedTest
    @CsvSource({"SERVER, 1", "CLIENT, 1", "SERVER, 2", "CLIENT, 2", "SERVER, 6", "CLIENT, 6", "SERVER, 10", "CLIENT, 10"})
    void everyPacketArrivesOnceAndInOrderAcrossTheWrap(From from, int log2Size) {
        int packets = 140_000;
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", log2Size, 64))) {
            int sent = 0;
            for (int received = 0; received < packets;) {
                for (int burst = 0; burst < 100 && sent < packets && Payload.send(pair.tx(from), sent, sent % 65); burst++) {
                    sent++;
                }
                pair.tx(from).publish();
                for (; received < sent; received++) {
                    Payload.receive(pair.rx(from), received, received % 65);
                }
            }
            assertThat(pair.rx(from).next()).isFalse();
            assertThat(pair.serverSide.checkPeer() && pair.clientSide.checkPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"SERVER, 1", "CLIENT, 1", "SERVER, 5", "CLIENT, 5", "SERVER, 10", "CLIENT, 10"})
    void aRingTakesExactlyItsSizeAndThenNoMoreUntilSomethingIsReleased(From from, int log2Size) {
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", log2Size, 64))) {
            TxQueue tx = pair.tx(from);
            for (int round = 0; round < 3; round++) {
                assertThat(tx.free()).isEqualTo(tx.size()).isEqualTo(1 << log2Size);
                for (int i = 0; i < tx.size(); i++) {
                    assertThat(Payload.send(tx, i, 16)).isTrue();
                }
                assertThat(tx.claim()).isFalse();
                assertThat(tx.publish()).isEqualTo(tx.size());
                assertThat(tx.claim()).as("published, not yet released").isFalse();
                Payload.receive(pair.rx(from), 0, 16);
                pair.rx(from).flush();
                assertThat(tx.free()).isEqualTo(1);
                for (int i = 1; i < tx.size(); i++) {
                    Payload.receive(pair.rx(from), i, 16);
                }
                pair.rx(from).flush();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedIsSeenOnlyOncePublishedAndWhatIsCancelledNever(From from) {
        try (EnginePair pair = connected(CONFIG)) {
            TxQueue tx = pair.tx(from);
            for (int round = 0; round < 20; round++) {
                Payload.send(tx, 2 * round, 100);
                assertThat(tx.claim()).isTrue();
                tx.segment().set(JAVA_BYTE, tx.offset(), (byte) 99);
                tx.cancel();
                assertThat(pair.rx(from).next()).isFalse();
                assertThat(tx.publish()).isEqualTo(1);
                assertThat(tx.publish()).isZero();
                Payload.receive(pair.rx(from), 2 * round, 100);
                assertThat(pair.rx(from).next()).isFalse();
            }
            assertThat(tx.free()).as("none is lost").isEqualTo(tx.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallersMistakeIsRefusedAndHarmsNothing(From from) {
        try (EnginePair pair = connected(CONFIG)) {
            TxQueue tx = pair.tx(from);
            assertThatThrownBy(() -> tx.commit(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no buffer is open");
            tx.claim();
            assertThatThrownBy(() -> tx.commit(2049)).hasMessage("packet of 2049 bytes, allowed are 0 to 2048");
            tx.commit(0);
            assertThat(tx.publish()).isEqualTo(1);
            RxQueue rx = pair.rx(from);
            assertThatThrownBy(() -> rx.release(0)).as("not received yet").isInstanceOf(IllegalArgumentException.class);
            assertThat(rx.next()).isTrue();
            rx.release(rx.ticket());
            assertThatThrownBy(() -> rx.release(rx.ticket())).hasMessageContaining("packet 0 is not held");
        }
    }

    /** Held packets keep their bytes, whatever order they are released in, also where the indexes wrap. */
    @ParameterizedTest
    @CsvSource({"SERVER, 1", "CLIENT, 1", "SERVER, 4", "CLIENT, 4"})
    void severalPacketsAreHeldAndReleasedInAnyOrder(From from, int log2Size) {
        Random random = new Random(log2Size);
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", log2Size, 64))) {
            RxQueue rx = pair.rx(from);
            List<Integer> tickets = new ArrayList<>();
            List<MemorySegment> views = new ArrayList<>();
            for (int number = 0; number < 70_000;) {
                int first = number;
                for (int i = random.nextInt(1 << log2Size); i >= 0 && Payload.send(pair.tx(from), number, 16); i--) {
                    number++;
                }
                pair.tx(from).publish();
                for (int i = first; i < number; i++) {
                    assertThat(rx.next()).isTrue();
                    tickets.add(rx.ticket());
                    views.add(rx.segment().asSlice(rx.offset(), rx.length()));
                }
                for (int i = first; i < number; i++) {
                    assertThat(views.get(i - first).toArray(JAVA_BYTE)).isEqualTo(Payload.bytes(i, 16));
                }
                Collections.shuffle(tickets, random);
                tickets.forEach(rx::release);
                rx.flush();
                tickets.clear();
                views.clear();
                assertThat(pair.tx(from).free()).isEqualTo(pair.tx(from).size());
            }
        }
    }

    /** The packets that are still held when the index wraps must not be overwritten. */
    @ParameterizedTest
    @EnumSource
    void aPacketHeldAcrossTheWrapKeepsItsBytes(From from) {
        try (EnginePair pair = connected(CONFIG)) {
            RxQueue rx = pair.rx(from);
            for (int number = 0; number < 65_533; number++) {
                Payload.send(pair.tx(from), number, 1);
                pair.tx(from).publish();
                Payload.receive(rx, number, 1);
            }
            for (int i = 0; i < 8; i++) {
                assertThat(Payload.send(pair.tx(from), i, 100)).isTrue();
            }
            pair.tx(from).publish();
            Payload.receive(rx, 0, 100);
            assertThat(rx.next()).isTrue();
            int ticket = rx.ticket();
            MemorySegment held = rx.segment().asSlice(rx.offset(), 100);
            for (int i = 2; i < 8; i++) {
                Payload.receive(rx, i, 100);
            }
            for (int i = 0; Payload.send(pair.tx(from), 50 + i, 100); i++) {
                pair.tx(from).publish();
            }
            assertThat(held.toArray(JAVA_BYTE)).isEqualTo(Payload.bytes(1, 100));
            rx.release(ticket);
            while (rx.next()) {
                rx.release(rx.ticket());
            }
            assertThat(pair.tx(from).free()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchWakesASleepingConsumerOnce(From from) {
        int[] woken = {0};
        try (EnginePair pair = connected(CONFIG)) {
            RxQueue rx = pair.rx(from);
            pair.reactor.add(rx.interrupt().fd(), () -> {
                rx.interrupt().drain();
                woken[0]++;
            });
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 5; i++) {
                    Payload.send(pair.tx(from), i, 16);
                }
                pair.settle();
                assertThat(woken[0]).as("committed is not published").isEqualTo(round - 1);
                pair.tx(from).publish();
                pair.reactor.poll(-1);
                pair.settle();
                assertThat(woken[0]).isEqualTo(round);
                for (int i = 0; i < 5; i++) {
                    Payload.receive(rx, i, 16);
                }
                assertThat(rx.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPollingConsumerIsNeverWoken(From from) {
        int[] woken = {0};
        try (EnginePair pair = connected(CONFIG.withPolling(true))) {
            pair.reactor.add(pair.rx(from).interrupt().fd(), () -> woken[0]++);
            Payload.send(pair.tx(from), 7, 16);
            pair.tx(from).publish();
            pair.settle();
            assertThat(woken[0]).isZero();
            Payload.receive(pair.rx(from), 7, 16);
        }
    }

    /** Of every length up to the ring's, at every place of the ring. */
    @ParameterizedTest
    @EnumSource
    void aPacketLongerThanABufferIsChainedAcrossTheRingsEnd(From from) {
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", 3, 64))) {
            for (int number = 0; number < 600; number++) {
                int length = number % (8 * 64 + 1);
                assertThat(sendChained(pair.tx(from), number, length)).isTrue();
                assertThat(pair.tx(from).publish()).isEqualTo(Math.max(1, (length + 63) / 64));
                Payload.receive(pair.rx(from), number, length);
            }
            assertThat(pair.tx(from).free()).isEqualTo(8);
            assertThat(pair.serverSide.checkPeer() && pair.clientSide.checkPeer()).isTrue();
        }
    }

    /** Writes as the proxy does: into whatever is open, and on in the next buffer once that is full. */
    private static boolean sendChained(TxQueue tx, int number, int length) {
        if (!tx.claim()) {
            return false;
        }
        byte[] bytes = Payload.bytes(number, length);
        int written = Math.min(length, tx.capacity());
        MemorySegment.copy(bytes, 0, tx.segment(), JAVA_BYTE, tx.offset(), written);
        int last = written;
        while (written < length) {
            if (!tx.extend()) {
                tx.cancel();
                return false;
            }
            last = Math.min(length - written, tx.capacity());
            MemorySegment.copy(bytes, written, tx.segment(), JAVA_BYTE, tx.offset(), last);
            written += last;
        }
        tx.commit(last);
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void aChainThatDoesNotFitIsGivenUpAndItsBuffersAreUsedAgain(From from) {
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", 2, 64))) {
            for (int round = 0; round < 50; round++) {
                assertThat(sendChained(pair.tx(from), round, 2 * 64 + 1)).as("three buffers").isTrue();
                assertThat(sendChained(pair.tx(from), round, 2 * 64)).as("of one that is left").isFalse();
                assertThat(sendChained(pair.tx(from), round + 1, 64)).isTrue();
                assertThat(pair.tx(from).publish()).isEqualTo(4);
                Payload.receive(pair.rx(from), round, 2 * 64 + 1);
                Payload.receive(pair.rx(from), round + 1, 64);
                assertThat(pair.rx(from).next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPacketThatHasGrownTooFarCanBeCutBack(From from) {
        try (EnginePair pair = connected(MemifConfig.of(0, "contract", 2, 64))) {
            TxQueue tx = pair.tx(from);
            for (int round = 0; round < 50; round++) {
                tx.claim();
                MemorySegment.copy(Payload.bytes(round, 80), 0, tx.segment(), JAVA_BYTE, tx.offset(), 64);
                long second = nextOffset(tx);
                assertThat(tx.extend()).isTrue();
                tx.retract();
                assertThat(tx.capacity()).isEqualTo(64);
                assertThat(tx.offset()).isEqualTo(second);
                MemorySegment.copy(Payload.bytes(round, 80), 64, tx.segment(), JAVA_BYTE, tx.offset(), 16);
                tx.commit(16);
                tx.publish();
                Payload.receive(pair.rx(from), round, 80);
            }
            assertThatThrownBy(tx::extend).isInstanceOf(IllegalStateException.class).hasMessage("no buffer is open");
            tx.claim();
            assertThatThrownBy(tx::retract).isInstanceOf(IllegalStateException.class).hasMessageContaining("one buffer only");
        }
    }

    private static long nextOffset(TxQueue tx) {
        assertThat(tx.extend()).isTrue();
        return tx.offset();
    }
}
