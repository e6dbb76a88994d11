package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpReceiver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Mode 2: whatever the pattern, what comes out is what went in, in decoding order, as far as the network let it through. */
class InterleavedRoundTripTest {

    /** Room for all units of a try, so that none has to go early. */
    private static final int MAX_BYTES = 1 << 20;

    @Provide
    Arbitrary<List<List<byte[]>>> accessUnits() {
        // No parameter sets: random bytes that make valid ones would make the slices after them mean something.
        Arbitrary<Integer> types = Arbitraries.integers().between(NalType.SLICE, NalType.LAST_SINGLE)
            .filter(type -> type != NalType.SPS && type != NalType.PPS);
        Arbitrary<byte[]> units = Combinators.combine(types, Arbitraries.integers().between(1, 400), Arbitraries.randoms())
            .as(InterleavedRoundTripTest::unit);
        Arbitrary<byte[]> slices = Combinators.combine(Arbitraries.integers().between(1, 400), Arbitraries.randoms())
            .as((size, random) -> unit(NalType.SLICE, size, random));
        // An access unit has a slice (H.264 section 7.4.1.2.3).
        return Combinators.combine(units.list().ofMaxSize(5), slices).as(InterleavedRoundTripTest::accessUnit)
            .list().ofMinSize(1).ofMaxSize(12);
    }

    private static List<byte[]> accessUnit(List<byte[]> units, byte[] slice) {
        List<byte[]> all = new ArrayList<>(units);
        all.add(slice);
        return all;
    }

    /** Every slice looks like the first of its picture: first_mb_in_slice 0, one bit 1. */
    private static byte[] unit(int type, int size, Random random) {
        byte[] unit = new byte[1 + size];
        for (int at = 1; at < unit.length; at++) {
            unit[at] = (byte) (1 + random.nextInt(255)); // no start code
        }
        unit[0] = (byte) (3 << 5 | type);
        unit[1] |= (byte) 0x80;
        return unit;
    }

    @Provide
    Arbitrary<InterleavingPattern> patterns() {
        return Combinators.combine(Arbitraries.integers().between(1, 20), Arbitraries.integers().between(1, 20),
            Arbitraries.of(InterleavingPattern.Structure.class))
            .as((group, stride, structure) -> new InterleavingPattern(group, Math.min(group, stride), structure));
    }

    @Tag("RFC6184-5.5-02") @Tag("RFC6184-5.5-07") @Tag("RFC6184-5.5-11") @Tag("RFC6184-5.5-12") @Tag("RFC6184-7-01")
    @Property(tries = 300)
    void whateverIsInterleavedComesOutInDecodingOrder(@ForAll("accessUnits") List<List<byte[]>> accessUnits,
            @ForAll("patterns") InterleavingPattern pattern, @ForAll @IntRange(min = 30, max = 1500) int length,
            @ForAll boolean aggregate, @ForAll @IntRange(max = 0xffff) int firstDon) {
        List<byte[]> packets =
            InterleavedPackets.of(InterleavedPackets.config(length, aggregate), pattern, firstDon, firstDon, accessUnits);
        assertThat(packets).allMatch(packet -> packet.length <= length);

        CheckedNalUnits sink = receive(packets, pattern.depth(), 1);
        assertThat(hex(sink.units)).containsExactlyElementsOf(hex(accessUnits.stream().flatMap(List::stream).toList()));
        assertThat(sink.accessUnits).containsExactlyElementsOf(accessUnits.stream().map(List::size).toList());
    }

    @Tag("RFC6184-5.5-16") @Tag("RFC6184-5.8-22") @Tag("RFC6184-7-01") @Tag("RFC6184-7-02") @Tag("RFC6184-7.1-01")
    @Property(tries = 300)
    void throughLossReorderingAndDuplicationExactlyTheUnitsWhosePacketsAllArrivedComeInDecodingOrder(
            @ForAll("accessUnits") List<List<byte[]>> accessUnits, @ForAll("patterns") InterleavingPattern pattern,
            @ForAll @IntRange(min = 30, max = 500) int length, @ForAll boolean aggregate,
            @ForAll @IntRange(min = 1, max = 64) int window, @ForAll @IntRange(max = 60) int lossPercent, @ForAll Random random) {
        List<List<byte[]>> numbered = numbered(accessUnits);
        List<byte[]> packets = InterleavedPackets.of(InterleavedPackets.config(length, aggregate), pattern, 0, 0, numbered);
        List<Arrival> arrivals = Arrival.of(packets.size(), window, lossPercent, random);
        Set<Integer> arrived = Arrival.packets(arrivals);
        List<byte[]> missing = IntStream.range(0, packets.size()).filter(i -> !arrived.contains(i)).mapToObj(packets::get).toList();

        CheckedNalUnits sink = receive(arrivals.stream().map(arrival -> packets.get(arrival.packet())).toList(), pattern.depth(), window);
        List<String> whole = hex(numbered.stream().flatMap(List::stream).toList());
        whole.removeAll(InterleavedOracle.unitsTouchedBy(missing, packets));
        assertThat(hex(sink.units)).containsExactlyElementsOf(whole);
    }

    /** The same units, each with a number behind, so that no two are equal. */
    private static List<List<byte[]>> numbered(List<List<byte[]>> accessUnits) {
        int[] number = new int[1];
        return accessUnits.stream().map(units -> units.stream().map(unit -> numbered(unit, number[0]++)).toList()).toList();
    }

    private static byte[] numbered(byte[] unit, int number) {
        byte[] longer = Arrays.copyOf(unit, unit.length + 1);
        longer[unit.length] = (byte) (number + 1);
        return longer;
    }

    private static CheckedNalUnits receive(List<byte[]> packets, int depth, int window) {
        CheckedNalUnits sink = new CheckedNalUnits();
        Interleaving interleaving = Interleaving.defaults().withDepth(depth).withMaxBytes(MAX_BYTES);
        Depacketizer depacketizer = new Depacketizer(DepacketizerConfig.defaults().withInterleaving(interleaving), sink);
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withWindow(window, 1), depacketizer);
        for (byte[] packet : packets) {
            receiver.accept(RtpDatagram.placedAt(3, packet), 3, packet.length, 0);
            assertThat(depacketizer.waitingBytes()).isBetween(0L, (long) MAX_BYTES);
        }
        receiver.flush();
        return sink;
    }

    private static List<String> hex(List<byte[]> units) {
        return new ArrayList<>(units.stream().map(HexFormat.of()::formatHex).toList());
    }
}
