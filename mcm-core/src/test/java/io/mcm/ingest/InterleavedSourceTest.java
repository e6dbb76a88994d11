package io.mcm.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Reactor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class InterleavedSourceTest {

    private static final int SMALLEST = Integer.BYTES + DatagramBatch.MAX_DATAGRAM_LENGTH;

    private final DatagramBatch batch = new DatagramBatch(4);
    private final InterleavedSource source = new InterleavedSource(5004, SMALLEST, (_, length) -> length == 8);

    @AfterEach
    void close() {
        source.close();
        batch.close();
    }

    private boolean put(byte[] packet) {
        return source.put(MemorySegment.ofArray(packet), 0, packet.length);
    }

    private List<byte[]> take() {
        int count = source.receive(batch);
        List<byte[]> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(batch.slab().asSlice(batch.offset(i), batch.length(i)).toArray(ValueLayout.JAVA_BYTE));
        }
        return taken;
    }

    @Test
    void packetsOfAnyLengthComeOutInOrderAroundTheEndOfTheRing() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] one = new byte[random.nextInt(30_000)];
            byte[] two = new byte[random.nextInt(2)];
            random.nextBytes(one);
            random.nextBytes(two);
            put(one);
            put(two);
            assertThat(take()).hasSize(2).satisfies(taken -> {
                assertThat(Arrays.equals(taken.get(0), one)).isTrue();
                assertThat(Arrays.equals(taken.get(1), two)).isTrue();
            });
        }
    }

    @Test
    void itIsReadableForAsLongAsSomethingWaits() {
        int[] looks = {0};
        try (Reactor reactor = new Reactor()) {
            reactor.add(source.fd(), () -> {
                looks[0]++;
                take();
            });
            assertThat(reactor.poll(0)).isZero();
            for (int i = 0; i < 6; i++) {
                put(new byte[i]);
            }
            reactor.poll(0);
            reactor.poll(0);
            reactor.poll(0);
            reactor.remove(source.fd());
        }
        assertThat(looks[0]).as("a batch holds 4").isEqualTo(2);
    }

    @Test
    void whereItIsFullTheReaderWaitsUntilThereIsRoom() throws InterruptedException {
        byte[] large = new byte[40_000];
        put(large);
        Thread reader = Thread.ofVirtual().start(() -> put(large));
        reader.join(java.time.Duration.ofMillis(100));
        assertThat(reader.isAlive()).isTrue();
        assertThat(take()).hasSize(1);
        reader.join();
        assertThat(take()).hasSize(1);
    }

    @Test
    void closingFreesAReaderThatWaits() throws InterruptedException {
        byte[] large = new byte[40_000];
        put(large);
        boolean[] taken = {true};
        Thread reader = Thread.ofVirtual().start(() -> taken[0] = put(large));
        source.close();
        reader.join();
        assertThat(taken[0]).isFalse();
    }

    @Test
    void aPacketLongerThanAnyDatagramIsNotTaken() {
        assertThat(put(new byte[DatagramBatch.MAX_DATAGRAM_LENGTH + 1])).isFalse();
        assertThat(put(new byte[DatagramBatch.MAX_DATAGRAM_LENGTH])).isTrue();
        assertThat(take()).hasSize(1);
    }

    @Test
    void answersGoBackWithoutAnAddress() {
        assertThat(source.isConnected()).isTrue();
        assertThat(source.send(MemorySegment.NULL, 8, null)).isTrue();
        assertThat(source.send(MemorySegment.NULL, 9, null)).isFalse();
    }

    @Test
    void aRingThatCannotHoldTheLargestPacketIsRefused() {
        assertThatThrownBy(() -> new InterleavedSource(1, SMALLEST - 1, null)).hasMessageContaining(Integer.toString(SMALLEST));
    }
}
