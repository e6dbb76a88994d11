package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.TxQueue;
import io.mcm.proxy.delivery.MemifPair.Delivered;
import io.mcm.rtp.RtpDatagram;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several consumers of one camera, each over a real memif; streams as in {@link Notation}. */
@Timeout(300)
class FanOutTest {

    private static final int NOW = 0;
    private static final int BUFFER = 256;
    private static final int LARGE_RING = 6;
    /** Two slots. */
    private static final int SMALL_RING = 1;

    private final List<MemifPair> pairs = new ArrayList<>();

    @AfterEach
    void closePairs() {
        pairs.forEach(MemifPair::close);
    }

    private static FanOut fanOut(DeliveryConfig config) {
        return new FanOut(config, DepacketizerConfig.defaults(), _ -> 0, () -> 0);
    }

    private static FanOut fanOut(DeliveryUnit unit) {
        return fanOut(DeliveryConfig.of(unit, BUFFER));
    }

    private MemifPair join(FanOut fanOut, int log2RingSize) {
        Delivery delivery = fanOut.newDelivery();
        MemifPair pair = MemifPair.of(delivery, log2RingSize, BUFFER);
        pairs.add(pair);
        fanOut.join(delivery);
        return pair;
    }

    private MemifPair join(FanOut fanOut) {
        return join(fanOut, LARGE_RING);
    }

    private void send(FanOut fanOut, String words) {
        Notation.send(words, fanOut.unitSink(), () -> pairs.forEach(pair -> pair.buffer.publish(NOW)));
    }

    private static String words(MemifPair pair) {
        return pair.read().stream().map(Delivered::hex).map(Notation::words).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @EnumSource(value = DeliveryUnit.class, names = {"NALU", "ACCESS_UNIT"})
    void everyConsumerGetsTheSame(DeliveryUnit unit) {
        FanOut fanOut = fanOut(unit);
        List<MemifPair> all = List.of(join(fanOut), join(fanOut), join(fanOut));
        send(fanOut, "A S P I I+ | s s+ | x | ! s |");
        assertThat(all).extracting(FanOutTest::words).containsOnly("A S P I I+ s s+ s");
    }

    @Test
    void everyConsumerGetsTheSameFragments() {
        FanOut fanOut = fanOut(DeliveryUnit.FRAGMENT);
        MemifPair one = join(fanOut);
        MemifPair other = join(fanOut);
        fanOut.sink().packet(RtpDatagram.of(1).timestamp(10).payload((byte) 0x7c, (byte) 0x85, (byte) 9).view(), 1, NOW);
        fanOut.sink().lost(1);
        fanOut.sink().end();
        pairs.forEach(pair -> pair.buffer.publish(NOW));
        Delivered fragment = new Delivered(1, 10, "00000001" + "7c8509");
        assertThat(one.read()).containsExactly(fragment);
        assertThat(other.read()).containsExactly(fragment);
        assertThat(fanOut.depacketizer().counters().snapshot()).as("the depacketizer sees all").containsEntry("fu_lost", 1L);
    }

    @Test
    void aFullRingIsItsConsumersOwnTrouble() {
        FanOut fanOut = fanOut(DeliveryUnit.NALU);
        MemifPair slow = join(fanOut, SMALL_RING);
        MemifPair quick = join(fanOut);
        send(fanOut, "S P I s s |");
        assertThat(words(slow)).isEqualTo("S P");
        assertThat(words(quick)).isEqualTo("S P I s s");
        assertThat(slow.count(DeliveryCounter.RING_FULL)).isEqualTo(3);
        assertThat(quick.count(DeliveryCounter.RING_FULL)).isZero();
    }

    @Test
    void aConsumerThatIsGoneCostsTheOthersNothing() {
        FanOut fanOut = fanOut(DeliveryUnit.ACCESS_UNIT);
        MemifPair gone = join(fanOut);
        MemifPair stays = join(fanOut);
        fanOut.unitSink().begin(NalUnitOrigin.of(1, 0, 0), 0x67);
        gone.dropConsumer();
        fanOut.unitSink().end();
        send(fanOut, "I |");
        assertThat(stays.count(DeliveryCounter.UNITS)).isEqualTo(1);
        assertThat(gone.count(DeliveryCounter.NO_CONSUMER)).isEqualTo(1);
    }

    @Test
    void whoJoinsInTheMiddleOfANalUnitGetsTheNext() {
        FanOut fanOut = fanOut(DeliveryUnit.NALU);
        fanOut.unitSink().begin(NalUnitOrigin.of(1, 0, 0), 0x41);
        MemifPair late = join(fanOut);
        fanOut.unitSink().append(MemorySegment.ofArray(new byte[] {1, 2, 3}), 0, 3);
        fanOut.unitSink().end();
        send(fanOut, "s |");
        assertThat(words(late)).isEqualTo("s");
    }

    @Test
    void whoJoinsLateGetsParameterSetsAndStartsAtAnIdr() {
        FanOut fanOut = fanOut(DeliveryConfig.of(DeliveryUnit.NALU, BUFFER).withLoss(LossPolicy.DROP_UNTIL_IDR)
            .withParameterSets(new ParameterSetConfig(ParameterSetPolicy.WHEN_MISSING, List.of())));
        MemifPair early = join(fanOut);
        send(fanOut, "S P I | s |");
        MemifPair late = join(fanOut);
        send(fanOut, "s s+ | I I+ | s |");
        assertThat(words(early)).isEqualTo("S P I s s s+ I I+ s");
        assertThat(words(late)).isEqualTo("S P I I+ s");
        assertThat(late.count(DeliveryCounter.PARAMETER_SETS_INSERTED)).isEqualTo(2);
        assertThat(early.count(DeliveryCounter.PARAMETER_SETS_INSERTED)).isZero();
    }

    @Test
    void whoLeavesGetsNoMoreAndTheOthersDo() {
        FanOut fanOut = fanOut(DeliveryUnit.NALU);
        Delivery leaver = fanOut.newDelivery();
        fanOut.join(leaver);
        MemifPair stays = join(fanOut);
        fanOut.unitSink().begin(NalUnitOrigin.of(1, 0, 0), 0x67);
        fanOut.leave(leaver);
        fanOut.leave(leaver);
        fanOut.unitSink().abandon();
        send(fanOut, "S P |");
        assertThat(words(stays)).isEqualTo("S P");
        assertThat(leaver.counters().get(DeliveryCounter.NO_CONSUMER)).isZero();
    }

    @ParameterizedTest
    @EnumSource(DeliveryUnit.class)
    void aFaultInOneDeliveryIsKeptFromTheOthers(DeliveryUnit unit) {
        FanOut fanOut = fanOut(unit);
        MemifPair before = join(fanOut);
        Delivery broken = fanOut.newDelivery();
        broken.attach(failing());
        fanOut.join(broken);
        MemifPair behind = join(fanOut);
        for (int sequence = 1; sequence <= 3; sequence++) {
            fanOut.sink().packet(RtpDatagram.of(sequence).timestamp(sequence).marker().payload((byte) 0x41, (byte) 0x9a).view(), sequence, NOW);
        }
        pairs.forEach(pair -> pair.buffer.publish(NOW));
        assertThat(broken.fault()).hasMessage("made to fail");
        assertThat(before.read()).hasSize(3).isEqualTo(behind.read());
    }

    /** A consumer whose ring throws. */
    private static MemifInterface failing() {
        TxQueue queue = (TxQueue) Proxy.newProxyInstance(FanOutTest.class.getClassLoader(), new Class<?>[] {TxQueue.class}, (_, _, _) -> {
            throw new IllegalStateException("made to fail");
        });
        return (MemifInterface) Proxy.newProxyInstance(FanOutTest.class.getClassLoader(), new Class<?>[] {MemifInterface.class},
            (_, method, _) -> switch (method.getName()) {
                case "tx" -> queue;
                case "peerApplication" -> "failing";
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }
}
