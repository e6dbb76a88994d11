package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains of datagrams through a real socket pair on loopback: the sender has the kernel cut them (UDP_SEGMENT), the receiver gets them uncut. */
@Timeout(300)
class DatagramTrainTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int SLOTS = 4;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment out = arena.allocate(65_000);
    private final DatagramBatch batch = new DatagramBatch(SLOTS);
    private final UdpSocket receiver = UdpSocket.bind(new InetSocketAddress(LOOPBACK, 0));
    private final UdpSocket sender = UdpSocket.bind(new InetSocketAddress(LOOPBACK, 0));
    private final PeerAddress to = new PeerAddress();

    @BeforeEach
    void open() {
        to.set(new InetSocketAddress(LOOPBACK, receiver.port()));
        receiver.tellArrivalsAndDrops();
        assertThat(receiver.receiveTrains()).as("this kernel has UDP_GRO").isTrue();
        for (int i = 0; i < out.byteSize(); i++) {
            out.set(JAVA_BYTE, i, (byte) (i * 31 + (i >> 8)));
        }
    }

    @AfterEach
    void close() {
        receiver.close();
        sender.close();
        batch.close();
        arena.close();
    }

    private void send(int bytes) {
        assertThat(sender.send(out, bytes, to)).isTrue();
    }

    private List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < batch.count(); i++) {
            lengths.add(batch.length(i));
        }
        return lengths;
    }

    @ParameterizedTest
    @CsvSource({
        "1400, 1400,  1, 1400", "1400, 1401,  2, 1", "1400, 2800,  2, 1400", "1400, 64000, 46, 1000", "1, 64, 64, 1", "100, 150, 2, 50",
        "1472, 63_296, 43, 1472"})
    void aTrainIsTakenApartAndTheLastOneIsWhatIsLeft(int segment, String sent, int count, int last) {
        int bytes = Integer.parseInt(sent.replace("_", ""));
        assertThat(sender.sendTrains(segment)).isTrue();
        send(bytes);
        assertThat(receiver.receive(batch)).isEqualTo(count);
        assertThat(batch.isFull()).as("one slot of %d", SLOTS).isFalse();
        int at = 0;
        for (int i = 0; i < count; i++) {
            assertThat(batch.length(i)).isEqualTo(i == count - 1 ? last : segment);
            assertThat(batch.slab().asSlice(batch.offset(i), batch.length(i)).mismatch(out.asSlice(at, batch.length(i)))).isEqualTo(-1);
            at += batch.length(i);
        }
        assertThat(at).isEqualTo(bytes);
    }

    @Test
    void trainsAndSingleDatagramsKeepTheirOrder() throws Exception {
        sender.sendTrains(1000);
        send(2500);
        try (DatagramSocket other = new DatagramSocket()) {
            other.send(new DatagramPacket(new byte[7], 7, LOOPBACK, receiver.port()));
            other.send(new DatagramPacket(new byte[0], 0, LOOPBACK, receiver.port()));
        }
        send(1001);
        assertThat(receiver.receive(batch)).isEqualTo(7);
        assertThat(lengths()).containsExactly(1000, 1000, 500, 7, 0, 1000, 1);
    }

    /** As many datagrams as slots are not a full batch, nor are more; as many trains are. */
    @Test
    void aFullBatchIsOneOfFullSlots() {
        sender.sendTrains(10);
        send(40);
        assertThat(receiver.receive(batch)).isEqualTo(SLOTS);
        assertThat(batch.isFull()).isFalse();
        for (int i = 0; i <= SLOTS; i++) {
            send(20);
        }
        assertThat(receiver.receive(batch)).isEqualTo(2 * SLOTS);
        assertThat(batch.isFull()).isTrue();
        assertThat(receiver.receive(batch)).isEqualTo(2);
        assertThat(batch.isFull()).isFalse();
        assertThat(receiver.receive(batch)).isZero();
        assertThat(batch.isFull()).isFalse();
    }

    @Test
    void aSenderThatIsNotWantedIsCountedByDatagramsAndLeavesNoGapInTheBatch() throws Exception {
        sender.sendTrains(100);
        receiver.takeOnlyFrom(new PeerFilter(new InetSocketAddress(LOOPBACK, sender.port())));
        try (UdpSocket stranger = UdpSocket.bind(new InetSocketAddress(LOOPBACK, 0))) {
            stranger.sendTrains(50);
            send(100);
            stranger.send(out, 175, to);
            send(101);
            stranger.send(out, 1, to);
            assertThat(receiver.receive(batch)).isEqualTo(3);
            assertThat(lengths()).containsExactly(100, 100, 1);
            assertThat(batch.strangers()).isEqualTo(5);
            assertThat(batch.isFull()).as("its slots are taken all the same").isTrue();
            stranger.send(out, 1, to);
            assertThat(receiver.receive(batch)).isZero();
            assertThat(batch.strangers()).isEqualTo(1);
        }
    }

    @Test
    void arrivalIsWhenItCameNotWhenItWasTaken() throws Exception {
        long before = System.nanoTime();
        send(10);
        long sent = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(30);
        send(10);
        long second = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(30);
        assertThat(receiver.receive(batch)).isEqualTo(2);
        long slack = TimeUnit.MILLISECONDS.toNanos(10);
        assertThat(batch.arrival(0)).isBetween(before - slack, sent + slack);
        assertThat(batch.arrival(1)).isBetween(sent + TimeUnit.MILLISECONDS.toNanos(30) - slack, second + slack);
    }

    @Test
    void arrivalsNeverGoBackAndAreNeverInTheFuture() {
        long last = Long.MIN_VALUE;
        sender.sendTrains(200);
        for (int round = 0; round < 500; round++) {
            send(600);
            send(199);
            int count = receiver.receive(batch);
            assertThat(count).isEqualTo(4);
            for (int i = 0; i < count; i++) {
                assertThat(batch.arrival(i)).isGreaterThanOrEqualTo(last);
                last = batch.arrival(i);
            }
            assertThat(last).isLessThanOrEqualTo(System.nanoTime());
        }
    }

    /** Room for some two dozen; all that do not come through are told, the last of them only when asked. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatAFullSocketDropsIsCounted(int trains) {
        int bytes = 1000;
        if (trains == 1) {
            sender.sendTrains(100);
        }
        receiver.requestReceiveBuffer(16_384);
        int sent = 200;
        for (int i = 0; i < sent; i++) {
            send(bytes);
        }
        int taken = 0;
        int drops = 0;
        while (receiver.receive(batch) > 0) {
            taken += lengths().stream().mapToInt(Integer::intValue).sum() / bytes;
        }
        assertThat(taken).isBetween(1, sent / 2);
        assertThat(receiver.drops()).isEqualTo(sent - taken);
        send(bytes);
        receiver.receive(batch);
        drops = batch.drops(drops);
        assertThat(drops).isEqualTo(sent - taken);
        assertThat(batch.drops(0)).isEqualTo(drops);
        batch.clear();
        assertThat(batch.drops(42)).as("nothing told").isEqualTo(42);
    }

    @Test
    void theSenderOfEachIsTold() {
        sender.sendTrains(10);
        send(25);
        receiver.receive(batch);
        PeerAddress from = new PeerAddress();
        from.set(batch, 2);
        assertThat(from.port()).isEqualTo(sender.port());
    }
}
