package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.memif.MemifConfig;
import io.mcm.memif.Payload;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {

    @TempDir
    Path dir;

    /** Enough of them that the 16-bit indexes wrap with a small ring, too. */
    @ParameterizedTest
    @CsvSource({
        "SERVER, 0, 66000", "CLIENT, 0, 66000", "SERVER, 1, 66000", "CLIENT, 1, 66000", "SERVER, 3, 70000", "CLIENT, 3, 70000",
        "SERVER, 8, 70000", "CLIENT, 8, 70000", "SERVER, 10, 70000", "CLIENT, 10, 70000"})
    void everyPacketArrivesOnceAndInOrderAcrossTheWrap(Role from, int log2Size, int packets) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", log2Size, 64))) {
            int sent = 0;
            int received = 0;
            while (received < packets) {
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
    @EnumSource
    void everyLengthUpToTheBuffersArrives(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 2, 300))) {
            for (int length = 0; length <= 300; length++) {
                assertThat(Payload.send(pair.tx(from), length, length)).isTrue();
                assertThat(pair.tx(from).publish()).isEqualTo(1);
                Payload.receive(pair.rx(from), length, length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothBoundsOfALargeBufferAreUsable(Role from) {
        int length = 5_184_000;
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 2, length))) {
            for (int number = 0; number < 8; number++) {
                assertThat(Payload.send(pair.tx(from), number, length)).isTrue();
                pair.tx(from).publish();
                Payload.receive(pair.rx(from), number, length);
            }
        }
    }

    /** The bound on gathered packets is none on a packet that lies in one buffer. */
    @ParameterizedTest
    @EnumSource
    void aBufferMayBeLargerThanTheLongestChain(Role from) {
        int length = RxQueue.MAX_CHAIN_LENGTH + 1;
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 0, length))) {
            assertThat(pair.tx(from).claim()).isTrue();
            pair.tx(from).commit(length);
            pair.tx(from).publish();
            assertThat(pair.rx(from).next()).isTrue();
            assertThat(pair.rx(from).length()).isEqualTo(length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void atMostAnEighthOfTheRingIsKeptFromThePeerUntilTheFlush(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 6, 16))) {
            TxQueue tx = pair.tx(from);
            RxQueue rx = pair.rx(from);
            for (int i = 0; i < tx.size(); i++) {
                Payload.send(tx, i, 16);
            }
            tx.publish();
            for (int released = 1; released <= tx.size(); released++) {
                Payload.receive(rx, released - 1, 16);
                assertThat(tx.free()).isBetween(released - tx.size() / 8 + 1, released);
            }
            assertThat(tx.free()).isEqualTo(tx.size());
            Payload.send(tx, 1, 16);
            tx.publish();
            Payload.receive(rx, 1, 16);
            assertThat(tx.free()).isEqualTo(tx.size() - 1);
            rx.flush();
            rx.flush();
            assertThat(tx.free()).isEqualTo(tx.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledBufferIsTheNextOneClaimed(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 0, 16))) {
            for (int i = 0; i < 5; i++) {
                assertThat(pair.tx(from).claim()).isTrue();
                pair.tx(from).cancel();
            }
            assertThat(pair.tx(from).publish()).isZero();
            assertThat(pair.rx(from).next()).isFalse();
            Payload.send(pair.tx(from), 1, 16);
            pair.tx(from).publish();
            Payload.receive(pair.rx(from), 1, 16);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallersMistakeOnTheSendingSideIsRefusedAndHarmsNothing(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 1, 16))) {
            TxQueue tx = pair.tx(from);
            assertThatThrownBy(() -> tx.commit(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no buffer is open");
            tx.claim();
            assertThatThrownBy(() -> tx.commit(17)).hasMessage("packet of 17 bytes, allowed are 0 to 16");
            assertThatThrownBy(() -> tx.commit(-1)).hasMessage("packet of -1 bytes, allowed are 0 to 16");
            tx.commit(16);
            assertThatThrownBy(() -> tx.commit(0)).isInstanceOf(IllegalArgumentException.class);
            tx.claim();
            tx.cancel();
            assertThatThrownBy(() -> tx.commit(0)).isInstanceOf(IllegalArgumentException.class);
            assertThat(tx.publish()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPacketReleasedTwiceIsACallersMistake(Role from) {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "test", 2, 16))) {
            Payload.send(pair.tx(from), 0, 1);
            pair.tx(from).publish();
            RxQueue rx = pair.rx(from);
            assertThatThrownBy(() -> rx.release(0)).as("not received yet").isInstanceOf(IllegalArgumentException.class);
            rx.next();
            rx.release(rx.ticket());
            assertThatThrownBy(() -> rx.release(rx.ticket())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("packet 0 is not held");
        }
    }

    /** Held packets keep their bytes, whatever order they are released in; the sender gets room back in ring order. */
    @Property(tries = 60)
    void severalPacketsAreHeldAndReleasedInAnyOrder(
        @ForAll Role from, @ForAll @IntRange(max = 5) int log2Size, @ForAll long seed, @ForAll boolean polling) {
        Random random = new Random(seed);
        String name = "@mcm-held-" + ProcessHandle.current().pid();
        MemifConfig config = MemifConfig.of(0, "test", log2Size, 40).withPolling(polling);
        try (Pair pair = Pair.listening(name, config)) {
            pair.clientSide = pair.connect(config);
            List<int[]> held = new ArrayList<>();
            int sent = 0;
            int received = 0;
            for (int step = 0; step < 500; step++) {
                if (random.nextBoolean() && Payload.send(pair.tx(from), sent, sent % 41)) {
                    sent++;
                    pair.tx(from).publish();
                }
                RxQueue rx = pair.rx(from);
                if (random.nextBoolean() && rx.next()) {
                    assertThat(Payload.current(rx)).isEqualTo(Payload.bytes(received, received % 41));
                    held.add(new int[] {rx.ticket(), (int) rx.offset(), received++});
                }
                Collections.shuffle(held, random);
                if (random.nextInt(3) == 0 && !held.isEmpty()) {
                    int[] packet = held.removeLast();
                    byte[] bytes = rx.segment().asSlice(packet[1], packet[2] % 41).toArray(JAVA_BYTE);
                    assertThat(bytes).as("held packet %d", packet[2]).isEqualTo(Payload.bytes(packet[2], packet[2] % 41));
                    rx.release(packet[0]);
                }
                assertThat(pair.tx(from).free()).isLessThanOrEqualTo(pair.tx(from).size() - held.size());
            }
            for (int[] packet : held) {
                pair.rx(from).release(packet[0]);
            }
            while (pair.rx(from).next()) {
                pair.rx(from).release(pair.rx(from).ticket());
            }
            pair.rx(from).flush();
            assertThat(pair.tx(from).free()).isEqualTo(pair.tx(from).size());
            assertThat(pair.serverSide.checkPeer() && pair.clientSide.checkPeer()).isTrue();
        }
    }
}
