package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.memif.MemifConfig;
import io.mcm.memif.Payload;
import io.mcm.memif.RxQueue;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets spread over several buffers, as DPDK and libmemif send what is longer than one. Written by hand: our own side never does. */
@Tag("MEMIF-5-07")
class ChainTest {

    private static final int LOG2 = 3;
    private static final MemifConfig CONFIG = MemifConfig.of(0, "raw", LOG2, 64);

    @TempDir
    Path dir;

    private int head;

    /** Publishes one packet, a piece a buffer; the slot's own number is in its bytes. */
    private byte[] publish(RawClient raw, int... lengths) {
        Ring ring = raw.s2m(LOG2);
        byte[] whole = new byte[0];
        for (int i = 0; i < lengths.length; i++, head++) {
            byte[] piece = Payload.bytes(head, lengths[i]);
            long at = (head & 7) * 64L;
            MemorySegment.copy(piece, 0, raw.buffers.segment(), JAVA_BYTE, at, piece.length);
            int flags = i < lengths.length - 1 ? RingDescriptor.FLAG_NEXT : 0;
            ring.firstWord(head, RingDescriptor.firstWord(flags, 1, lengths[i]));
            ring.secondWord(head, at);
            int end = whole.length;
            whole = Arrays.copyOf(whole, end + piece.length);
            System.arraycopy(piece, 0, whole, end, piece.length);
        }
        ring.ownIndexRelease(head);
        return whole;
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "8"})
    void aChainIsOnePacketWhereverInTheRingItStarts(int pieces) {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            RxQueue rx = pair.serverSide.rx(0);
            for (int round = 0; round < 40; round++) {
                int shift = round;
                byte[] whole = publish(raw, IntStream.range(0, pieces).map(i -> (i * 13 + shift) % 65).toArray());
                assertThat(rx.next()).isTrue();
                assertThat(Payload.current(rx)).isEqualTo(whole);
                assertThat(rx.isGathered()).isEqualTo(pieces > 1);
                assertThat(rx.next()).isFalse();
                rx.release(rx.ticket());
                assertThat(raw.s2m(LOG2).peerIndexAcquire()).as("tail").isEqualTo(head);
            }
            assertThat(pair.serverSide.checkPeer()).isTrue();
        }
    }

    @Test
    void chainsAndSinglesAreHeldAndReleasedInAnyOrder() {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            RxQueue rx = pair.serverSide.rx(0);
            publish(raw, 10);
            byte[] chain = publish(raw, 64, 64, 1);
            byte[] single = publish(raw, 5);
            rx.next();
            int first = rx.ticket();
            rx.next();
            int second = rx.ticket();
            assertThat(Payload.current(rx)).isEqualTo(chain);
            rx.next();
            assertThat(Payload.current(rx)).isEqualTo(single);
            rx.release(second);
            rx.release(rx.ticket());
            assertThat(raw.s2m(LOG2).peerIndexAcquire()).as("the first is still held").isZero();
            rx.release(first);
            assertThat(raw.s2m(LOG2).peerIndexAcquire()).isEqualTo(5);
        }
    }

    @Test
    void aChainOfEmptyPiecesIsAnEmptyPacket() {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            publish(raw, 0, 0, 0);
            assertThat(pair.serverSide.rx(0).next()).isTrue();
            assertThat(pair.serverSide.rx(0).length()).isZero();
        }
    }

    @Test
    void aChainLongerThanTheLongestIsRefused() {
        int large = RxQueue.MAX_CHAIN_LENGTH / 2 + 1;
        MemifConfig config = MemifConfig.of(0, "raw", LOG2, large);
        try (Pair pair = Pair.listening(dir, config); RawClient raw = RawClient.of(pair)) {
            raw.expectHello();
            raw.init(config);
            raw.expect(ControlMessage.Type.ACK);
            raw.memory(config);
            raw.send(raw.message(ControlMessage.Type.CONNECT));
            Ring ring = raw.s2m(LOG2);
            ring.firstWord(0, RingDescriptor.firstWord(RingDescriptor.FLAG_NEXT, 1, large));
            ring.firstWord(1, RingDescriptor.firstWord(0, 1, large));
            ring.ownIndexRelease(2);
            assertThat(pair.serverSide.rx(0).next()).isFalse();
            assertThat(pair.serverSide.checkPeer()).isFalse();
            assertThat(pair.reasons).containsExactly("chained packet of more than 16777216 bytes");
        }
    }
}
