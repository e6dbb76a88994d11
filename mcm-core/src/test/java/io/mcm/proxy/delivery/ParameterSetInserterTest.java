package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalUnitSink;
import io.mcm.proxy.delivery.MemifPair.Delivered;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtcpDatagram;
import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is put before IDR slices, over a real memif; see {@link Notation}. */
@Timeout(300)
class ParameterSetInserterTest {

    private static final int NOW = 0;
    private static final List<MemorySegment> DESCRIBED = List.of(Notation.unit("S"), Notation.unit("P"));

    private static NalUnitSink chain(
        ParameterSetPolicy policy, LossPolicy loss, DeliveryUnit unit, List<MemorySegment> described, MemifPair pair) {
        DeliveryStage writer = unit == DeliveryUnit.NALU ? new NalUnitWriter(pair.buffer) : new AccessUnitWriter(pair.buffer);
        ParameterSetMemory memory = new ParameterSetMemory(described);
        DeliveryStage inserter = new ParameterSetInserter(policy, memory, writer, pair.buffer);
        return memory.before(Delivery.withPolicy(loss, inserter, pair.buffer.counters()));
    }

    private static String read(MemifPair pair, DeliveryUnit unit) {
        return pair.read().stream().map(Delivered::hex).map(Notation::words)
            .collect(Collectors.joining(unit == DeliveryUnit.NALU ? " " : " | "));
    }

    private static String delivered(
        ParameterSetPolicy policy, LossPolicy loss, DeliveryUnit unit, List<MemorySegment> described, String stream) {
        try (MemifPair pair = MemifPair.of(6, 64)) {
            Notation.send(stream, chain(policy, loss, unit, described, pair), () -> pair.buffer.publish(NOW));
            return read(pair, unit);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        had with the first                          ; WHEN_MISSING ; S P I I+ | s | I |   ; S P I I+ s I
        had, though never with an IDR slice         ; WHEN_MISSING ; S P s | I |          ; S P s I
        none known                                  ; WHEN_MISSING ; I | S s | I |        ; I S s I
        another stream's do not hold                ; WHEN_MISSING ; S P I | R I |        ; S P I I
        with each that does not bring them          ; BEFORE_IDR   ; S P I | s | I I+ |   ; S P I s S P I I+
        not with those that do                      ; BEFORE_IDR   ; S P I | S P I |      ; S P I S P I
        behind AUD and SEI, before the first slice  ; BEFORE_IDR   ; S P I | A E I |      ; S P I A E S P I
        both where one is missing                   ; BEFORE_IDR   ; S P I | P I |        ; S P I P S P I
        """)
    @Tag("RFC6184-8.4-04")
    void setsThatTheCameraSentOnceAreInserted(String name, ParameterSetPolicy policy, String stream, String expected) {
        assertThat(delivered(policy, LossPolicy.DROP_NAL, DeliveryUnit.NALU, List.of(), stream)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        WHEN_MISSING ; s | I | I |          ; s | S P I | I
        WHEN_MISSING ; S I | I |            ; S P I | I
        WHEN_MISSING ; I | R I |            ; S P I | S P I
        BEFORE_IDR   ; s | I | S P I | I |  ; s | S P I | S P I | S P I
        """)
    @Tag("RFC6184-8.4-04")
    void setsOfTheSessionDescriptionAreInserted(ParameterSetPolicy policy, String stream, String expected) {
        assertThat(delivered(policy, LossPolicy.DROP_NAL, DeliveryUnit.ACCESS_UNIT, DESCRIBED, stream)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        taken back with their access unit  ; ACCESS_UNIT ; DROP_AU        ; s | S P I ! I+ | I | I | ; s | S P I | I
        delivered before the damage        ; NALU        ; DROP_AU        ; S P I ! I+ | I |         ; S P I I
        left out behind the damage         ; NALU        ; DROP_UNTIL_IDR ; I | s ! S P | I | I |    ; I s S P I I
        delivered while an IDR is awaited  ; NALU        ; DROP_UNTIL_IDR ; S P s | I |              ; S P I
        """)
    void whatALossTookFromTheConsumerComesWithTheNextIdrSlice(
        String name, DeliveryUnit unit, LossPolicy loss, String stream, String expected) {
        assertThat(delivered(ParameterSetPolicy.WHEN_MISSING, loss, unit, List.of(), stream)).as(name).isEqualTo(expected);
    }

    /** Two cameras on one port, the first of which leaves. */
    @Tag("RFC6184-8.4-07")
    @Test
    void anotherSourceIsNotGivenTheSetsOfTheFirst() {
        try (MemifPair pair = MemifPair.of(6, 64)) {
            NalUnitSink units = chain(ParameterSetPolicy.WHEN_MISSING, LossPolicy.DROP_NAL, DeliveryUnit.NALU, List.of(), pair);
            RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), new Depacketizer(units));
            for (int source : List.of(1, 2)) {
                int sequence = 1000 * source;
                for (String unit : source == 1 ? List.of("S", "P", "I", "I") : List.of("I")) {
                    accept(receiver, RtpDatagram.of(sequence).ssrc(source).timestamp(sequence++).marker()
                        .payload(Notation.unit(unit).toArray(ValueLayout.JAVA_BYTE)).bytes());
                }
                accept(receiver, RtcpDatagram.empty().receiverReport(source).goodbye(source).bytes());
            }
            receiver.flush();
            pair.buffer.publish(NOW);
            assertThat(read(pair, DeliveryUnit.NALU)).isEqualTo("S P I I I");
        }
    }

    private static void accept(RtpReceiver receiver, byte[] datagram) {
        receiver.accept(MemorySegment.ofArray(datagram), 0, datagram.length, NOW);
    }

    @Test
    void aConsumerThatComesLateGetsThemOnce() {
        try (MemifPair pair = MemifPair.withoutConsumer(6, 64)) {
            NalUnitSink sink = chain(ParameterSetPolicy.WHEN_MISSING, LossPolicy.DROP_UNTIL_IDR, DeliveryUnit.NALU, List.of(), pair);
            Notation.send("S P I | s |", sink, () -> pair.buffer.publish(NOW));
            pair.attachConsumer();
            long before = pair.count(DeliveryCounter.PARAMETER_SETS_INSERTED);
            Notation.send("s | I | I |", sink, () -> pair.buffer.publish(NOW));
            assertThat(read(pair, DeliveryUnit.NALU)).isEqualTo("S P I I");
            assertThat(pair.count(DeliveryCounter.PARAMETER_SETS_INSERTED) - before).isEqualTo(2);
            pair.dropConsumer();
            pair.attachConsumer();
            Notation.send("S P I | I |", sink, () -> pair.buffer.publish(NOW));
            assertThat(read(pair, DeliveryUnit.NALU)).as("the camera's own are not doubled").isEqualTo("S P I I");
        }
    }

    @Test
    void aConsumerThatHadNoRoomForThemGetsThemAgain() {
        try (MemifPair pair = MemifPair.of(1, 64)) {
            NalUnitSink sink = chain(ParameterSetPolicy.WHEN_MISSING, LossPolicy.DROP_NAL, DeliveryUnit.NALU, List.of(), pair);
            Notation.send("s s+ S P |", sink, () -> pair.buffer.publish(NOW));
            assertThat(read(pair, DeliveryUnit.NALU)).isEqualTo("s s+");
            Notation.send("I |", sink, () -> pair.buffer.publish(NOW));
            assertThat(read(pair, DeliveryUnit.NALU)).isEqualTo("S P");
        }
    }
}
