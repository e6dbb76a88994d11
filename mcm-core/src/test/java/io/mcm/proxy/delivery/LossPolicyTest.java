package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.proxy.delivery.MemifPair.Delivered;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each policy leaves out, over a real memif; see {@link Notation}. */
@Timeout(300)
class LossPolicyTest {

    private static final int NOW = 0;

    private static NalUnitSink chain(LossPolicy policy, DeliveryUnit unit, MemifPair pair) {
        DeliveryStage writer = unit == DeliveryUnit.NALU ? new NalUnitWriter(pair.buffer) : new AccessUnitWriter(pair.buffer);
        return Delivery.withPolicy(policy, writer, pair.buffer.counters());
    }

    private static String delivered(LossPolicy policy, DeliveryUnit unit, String stream) {
        try (MemifPair pair = MemifPair.of(6, 64)) {
            Notation.send(stream, chain(policy, unit, pair), () -> pair.buffer.publish(NOW));
            String separator = unit == DeliveryUnit.NALU ? " " : " | ";
            return pair.read().stream().map(Delivered::hex).map(Notation::words).collect(Collectors.joining(separator));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        without a loss everything                   ; S P I I+ | s s+ |           ; S P I I+ s s+
        the unit alone                              ; I | s x s+ | s |            ; I s s+ s
        a lost packet alone                         ; I | ! s+ | s |              ; I s+ s
        """)
    void dropNalLeavesOutIncompleteNalUnitsAndNothingElse(String name, String stream, String expected) {
        assertThat(delivered(LossPolicy.DROP_NAL, DeliveryUnit.NALU, stream)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        without a loss everything                   ; S P I I+ | s s+ |           ; S P I I+ s s+          ; S P I I+ | s s+
        a loss in the middle                        ; I I+ ! I+ | s |             ; I I+ s                 ; s
        a loss before the last unit of all          ; s s+ | s ! |                ; s s+ s                 ; s s+
        a unit that was interrupted, no packet lost ; s x s+ | s |                ; s s                    ; s
        a loss between two, first slice seen        ; s | ! s s+ | s |            ; s s s+ s               ; s | s s+ | s
        a loss between two, first slice not seen    ; s | ! s+ s+ | s |           ; s s                    ; s | s
        a loss between two, SEI seen                ; s | ! E s s+ |              ; s E s s+               ; s | E s s+
        a loss between two, AUD seen                ; s | ! A s |                 ; s A s                  ; s | A s
        a loss between two, parameter sets seen     ; s | ! S P I |               ; s S P I                ; s | S P I
        a loss between two, prefix seen             ; s | ! N s |                 ; s N s                  ; s | N s
        parameter sets between slices of a picture  ; s | ! S P s+ | s |          ; s S P s                ; s | s
        a loss on both sides of an end              ; s ! | s+ | s |              ; s s                    ; s
        the loss is over with the damaged unit      ; s ! s+ | s+ | s |           ; s s+ s                 ; s+ | s
        several losses in one                       ; s ! s+ ! s+ x | s |         ; s s                    ; s
        nobody saw the first one begin              ; s+ s+ | s |                 ; s                      ; s
        nobody saw the new stream begin             ; s | R s+ | s |              ; s s                    ; s | s
        """)
    void dropAuDeliversNothingMoreOfTheAccessUnitThatALossFallsIn(String name, String stream, String nalus, String accessUnits) {
        assertThat(delivered(LossPolicy.DROP_AU, DeliveryUnit.NALU, stream)).as(name).isEqualTo(nalus);
        assertThat(delivered(LossPolicy.DROP_AU, DeliveryUnit.ACCESS_UNIT, stream)).as(name).isEqualTo(accessUnits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        it starts at an IDR access unit             ; s | E s | I I+ | s |         ; I I+ s                 ; I I+ | s
        what comes before the IDR slice is kept     ; A S P E I | s |              ; A S P E I s            ; A S P E I | s
        of others only the parameter sets           ; A S P E s s+ | I |           ; S P I                  ; S P | I
        parameter sets in an access unit alone      ; A S P | I |                  ; S P I                  ; S P | I
        parameter sets behind the first slice       ; s S | I |                    ; S I                    ; S | I
        a loss waits for the next one               ; I | s ! s+ | s | E I | s |   ; I s E I s              ; I | E I | s
        a loss between two waits as well            ; I | ! s | s | I | s |        ; I I s                  ; I | I | s
        a damaged IDR access unit does not do       ; I | ! s | I ! I+ | s | I |   ; I I I                  ; I | I
        an IDR slice that is not the first neither  ; I | ! I+ | s | I |           ; I I                    ; I | I
        parameter sets before the damage            ; I | ! s | A S P ! I | s | I |  ; I S P I              ; I | S P | I
        an interrupted unit is a loss               ; I | x | s | I |              ; I I                    ; I | I
        each new stream starts at one               ; I | s | R s | I |            ; I s I                  ; I | s | I
        """)
    void dropUntilIdrDeliversNothingUntilAWholeIdrAccessUnit(String name, String stream, String nalus, String accessUnits) {
        assertThat(delivered(LossPolicy.DROP_UNTIL_IDR, DeliveryUnit.NALU, stream)).as(name).isEqualTo(nalus);
        assertThat(delivered(LossPolicy.DROP_UNTIL_IDR, DeliveryUnit.ACCESS_UNIT, stream)).as(name).isEqualTo(accessUnits);
    }

    @Test
    void whatIsLeftOutIsCounted() {
        try (MemifPair pair = MemifPair.of(6, 64)) {
            Notation.send("I I+ | s s+ ! s+ s+ | s | E s |", chain(LossPolicy.DROP_AU, DeliveryUnit.ACCESS_UNIT, pair), () -> { });
            assertThat(pair.count(DeliveryCounter.DAMAGED_ACCESS_UNITS)).isEqualTo(1);
            assertThat(pair.count(DeliveryCounter.DAMAGED_UNITS)).as("two taken back, two refused").isEqualTo(4);
            assertThat(pair.count(DeliveryCounter.UNITS)).isEqualTo(3);
        }
        try (MemifPair pair = MemifPair.of(6, 64)) {
            Notation.send("I | ! E s | S P s s+ | I |", chain(LossPolicy.DROP_UNTIL_IDR, DeliveryUnit.NALU, pair), () -> { });
            assertThat(pair.count(DeliveryCounter.AWAITING_IDR)).isEqualTo(4);
            assertThat(pair.count(DeliveryCounter.DAMAGED_ACCESS_UNITS)).isZero();
            assertThat(pair.count(DeliveryCounter.UNITS)).isEqualTo(4);
        }
    }

    /** A ring of two: what is published stays in it until the test reads. */
    @Test
    void aUnitThatAFullRingDropsIsALossToDropAu() {
        try (MemifPair pair = MemifPair.of(1, 64)) {
            NalUnitSink sink = chain(LossPolicy.DROP_AU, DeliveryUnit.NALU, pair);
            Notation.send("s s+ s+", sink, () -> pair.buffer.publish(NOW));
            assertThat(words(pair)).isEqualTo("s s+");
            Notation.send("s+ | s s+ |", sink, () -> pair.buffer.publish(NOW));
            assertThat(words(pair)).as("the rest of that access unit is left out, the next is whole").isEqualTo("s s+");
            assertThat(pair.count(DeliveryCounter.RING_FULL)).isEqualTo(1);
            assertThat(pair.count(DeliveryCounter.DAMAGED_UNITS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NALU", "ACCESS_UNIT"})
    void aUnitThatAFullRingDropsIsALossToDropUntilIdr(DeliveryUnit unit) {
        try (MemifPair pair = MemifPair.of(1, 64)) {
            NalUnitSink sink = chain(LossPolicy.DROP_UNTIL_IDR, unit, pair);
            Notation.send("I | s | s |", sink, () -> pair.buffer.publish(NOW));
            assertThat(words(pair)).isEqualTo("I s");
            Notation.send("s | s | I |", sink, () -> pair.buffer.publish(NOW));
            assertThat(words(pair)).isEqualTo("I");
            assertThat(pair.count(DeliveryCounter.RING_FULL)).isEqualTo(1);
            assertThat(pair.count(DeliveryCounter.AWAITING_IDR)).isEqualTo(2);
        }
    }

    @Test
    void eachConsumerOfDropUntilIdrStartsAtAnIdrAccessUnit() {
        try (MemifPair pair = MemifPair.of(4, 64)) {
            NalUnitSink sink = chain(LossPolicy.DROP_UNTIL_IDR, DeliveryUnit.NALU, pair);
            Notation.send("I | s |", sink, () -> pair.buffer.publish(NOW));
            pair.dropConsumer();
            pair.attachConsumer();
            Notation.send("s | s | I | s |", sink, () -> pair.buffer.publish(NOW));
            assertThat(words(pair)).isEqualTo("I s");
        }
    }

    @Test
    void whatIsHeldBackBeforeAnIdrSliceIsBoundedAndWhatIsTooMuchIsCounted() {
        try (MemifPair pair = MemifPair.of(7, 1 << 17)) {
            NalUnitSink sink = chain(LossPolicy.DROP_UNTIL_IDR, DeliveryUnit.NALU, pair);
            sink.begin(NalUnitOrigin.of(0, 0, 0), 0x06);
            sink.append(MemorySegment.ofArray(new byte[HeldUnits.MAX_BYTES]), 0, HeldUnits.MAX_BYTES);
            sink.append(MemorySegment.ofArray(new byte[1]), 0, 1);
            sink.end();
            List<String> words = new ArrayList<>();
            for (int i = 0; i < HeldUnits.MAX_UNITS + 5; i++) {
                words.add(i % 2 == 0 ? "S" : "P");
            }
            Notation.send(String.join(" ", words) + " I |", sink, () -> pair.buffer.publish(NOW));
            assertThat(words(pair)).isEqualTo(String.join(" ", words.subList(0, HeldUnits.MAX_UNITS)) + " I");
            assertThat(pair.count(DeliveryCounter.HELD_OVERFLOW)).isEqualTo(6);
        }
    }

    private static String words(MemifPair pair) {
        return pair.read().stream().map(Delivered::hex).map(Notation::words).collect(Collectors.joining(" "));
    }
}
