package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Depacketizer;
import io.mcm.proxy.delivery.MemifPair.Delivered;
import io.mcm.proxy.delivery.SentStream.Picture;
import io.mcm.proxy.delivery.SentStream.Unit;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpReceiver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any access units through any losses, from packets to shared memory: what each policy promises, and no more is left out than it says. */
class LossPolicyPropertyTest {

    /** @param at tenths of a percent of the stream */
    private record Burst(int at, int packets) {}

    private static final String START_CODE = "00000001";

    @Provide
    Arbitrary<List<Picture>> streams() {
        Arbitrary<List<Integer>> slices = Arbitraries.integers().between(4, 200).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Integer> before = Arbitraries.of(0, 0, 0b1000, 0b0001, 0b0110, 0b0111, 0b1111, 0b0010);
        return Combinators.combine(Arbitraries.of(true, false, false), before, slices).as(Picture::new)
            .list().ofMinSize(1).ofMaxSize(14);
    }

    @Provide
    Arbitrary<List<Burst>> bursts() {
        return Combinators.combine(Arbitraries.integers().between(0, 999), Arbitraries.integers().between(1, 12)).as(Burst::new)
            .list().ofMinSize(0).ofMaxSize(4);
    }

    /** The last picture, and the first packet of all, arrive: of what is lost beyond them nobody could know. */
    private static SentStream sent(List<Picture> pictures, List<Burst> bursts, int firstSequence) {
        List<Picture> all = new ArrayList<>(pictures);
        all.add(new Picture(false, 0, List.of(100)));
        SentStream sent = new SentStream(all, firstSequence);
        int last = sent.unitsOf(pictures.size()).getFirst().first();
        bursts.forEach(burst -> {
            int from = 1 + burst.at() * (last - 1) / 1000;
            sent.lose(from, Math.min(burst.packets(), last - from));
        });
        return sent;
    }

    /** What is delivered, by buffer. */
    private static List<List<Unit>> delivered(SentStream sent, LossPolicy policy, DeliveryUnit unit) {
        try (MemifPair pair = MemifPair.of(8, 1024)) {
            DeliveryStage writer = unit == DeliveryUnit.NALU ? new NalUnitWriter(pair.buffer) : new AccessUnitWriter(pair.buffer);
            Depacketizer depacketizer = new Depacketizer(Delivery.withPolicy(policy, writer, pair.buffer.counters()));
            sent.feed(new RtpReceiver(ReceiverConfig.defaults(), depacketizer));
            pair.buffer.publish(0);
            assertThat(pair.count(DeliveryCounter.RING_FULL) + pair.count(DeliveryCounter.OVERSIZED)).isZero();
            var byHex = sent.units().stream().collect(Collectors.toMap(Unit::hex, Function.identity()));
            return pair.read().stream().map(Delivered::hex)
                .map(hex -> Arrays.stream(hex.substring(START_CODE.length()).split(START_CODE)).map(byHex::get).toList()).toList();
        }
    }

    private static List<Unit> flat(List<List<Unit>> buffers) {
        List<Unit> all = buffers.stream().flatMap(List::stream).toList();
        assertThat(all).as("nothing but what was sent, byte for byte").doesNotContainNull();
        assertThat(all).extracting(Unit::first).as("each once, in order").isSorted().doesNotHaveDuplicates();
        return all;
    }

    @Property(tries = 300)
    void afterAnyLossTheNextCompleteIdrAccessUnitIsDelivered(@ForAll("streams") List<Picture> pictures,
            @ForAll("bursts") List<Burst> bursts, @ForAll @IntRange(max = 65_535) int firstSequence, @ForAll boolean whole) {
        SentStream sent = sent(pictures, bursts, firstSequence);
        List<List<Unit>> buffers =
            delivered(sent, LossPolicy.DROP_UNTIL_IDR, whole ? DeliveryUnit.ACCESS_UNIT : DeliveryUnit.NALU);
        List<Unit> all = flat(buffers);
        for (int picture = 0; picture < sent.pictures(); picture++) {
            if (sent.isIdr(picture) && sent.isComplete(picture)) {
                assertThat(all).as("IDR access unit " + picture).containsAll(sent.unitsOf(picture));
                assertThat(!whole || buffers.contains(sent.unitsOf(picture))).as("in one buffer").isTrue();
            }
        }
    }

    @Property(tries = 300)
    void dropUntilIdrDeliversASliceOnlyIfAllSinceAnIdrSliceIsThereAndAllThatFollowsAWholeIdrAccessUnit(@ForAll("streams") List<Picture> pictures,
            @ForAll("bursts") List<Burst> bursts, @ForAll @IntRange(max = 65_535) int firstSequence, @ForAll boolean whole) {
        SentStream sent = sent(pictures, bursts, firstSequence);
        List<Unit> all = flat(delivered(sent, LossPolicy.DROP_UNTIL_IDR, whole ? DeliveryUnit.ACCESS_UNIT : DeliveryUnit.NALU));
        assertThat(all.stream().filter(Unit::isSlice)).allMatch(sent::isIntactSinceIdr);
        for (int picture = 0; picture < sent.pictures(); picture++) {
            if (sent.isIntactSinceIdrAccessUnit(picture)) {
                assertThat(all).containsAll(sent.unitsOf(picture));
            }
        }
    }

    @Property(tries = 300)
    void dropAuDeliversEachCompleteAccessUnitAndOfOthersNothingBehindALoss(@ForAll("streams") List<Picture> pictures,
            @ForAll("bursts") List<Burst> bursts, @ForAll @IntRange(max = 65_535) int firstSequence) {
        SentStream sent = sent(pictures, bursts, firstSequence);
        List<Unit> all = flat(delivered(sent, LossPolicy.DROP_AU, DeliveryUnit.NALU));
        for (int picture = 0; picture < sent.pictures(); picture++) {
            List<Unit> its = sent.unitsOf(picture);
            List<Unit> out = all.stream().filter(its::contains).toList();
            if (sent.isComplete(picture)) {
                assertThat(out).isEqualTo(its);
            } else if (!out.isEmpty()) {
                assertThat(sent.isIntact(out.getFirst().first(), out.getLast().end())).isTrue();
                assertThat(its.subList(0, its.indexOf(out.getFirst()))).as("no slice before").noneMatch(Unit::isSlice);
            }
        }
    }

    @Property(tries = 300)
    void dropAuInUnitAccessUnitDeliversAnAccessUnitWithAllItsSlicesOrNotAtAll(@ForAll("streams") List<Picture> pictures,
            @ForAll("bursts") List<Burst> bursts, @ForAll @IntRange(max = 65_535) int firstSequence) {
        SentStream sent = sent(pictures, bursts, firstSequence);
        List<List<Unit>> buffers = delivered(sent, LossPolicy.DROP_AU, DeliveryUnit.ACCESS_UNIT);
        flat(buffers);
        for (List<Unit> buffer : buffers) {
            List<Unit> its = sent.unitsOf(buffer.getFirst().picture());
            assertThat(buffer).isEqualTo(its.subList(its.size() - buffer.size(), its.size()));
            assertThat(buffer).containsAll(its.stream().filter(Unit::isSlice).toList());
        }
        for (int picture = 0; picture < sent.pictures(); picture++) {
            assertThat(!sent.isComplete(picture) || buffers.contains(sent.unitsOf(picture))).as("access unit " + picture).isTrue();
        }
    }

    @Property(tries = 200)
    void dropNalDeliversEveryCompleteNalUnit(@ForAll("streams") List<Picture> pictures, @ForAll("bursts") List<Burst> bursts,
            @ForAll @IntRange(max = 65_535) int firstSequence, @ForAll boolean whole) {
        SentStream sent = sent(pictures, bursts, firstSequence);
        List<Unit> all = flat(delivered(sent, LossPolicy.DROP_NAL, whole ? DeliveryUnit.ACCESS_UNIT : DeliveryUnit.NALU));
        assertThat(all).isEqualTo(sent.units().stream().filter(unit -> sent.isIntact(unit.first(), unit.end())).toList());
    }
}
