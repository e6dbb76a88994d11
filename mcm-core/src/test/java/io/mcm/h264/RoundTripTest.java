package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpReceiver;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What the packetizer makes, the receive side understands: whole, and as far as the network lets it through. */
class RoundTripTest {

    @Provide
    Arbitrary<List<List<byte[]>>> accessUnits() {
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 40)),
            Tuple.of(3, Arbitraries.integers().between(0, 3000)),
            Tuple.of(1, Arbitraries.integers().between(60_000, 70_000)));
        Arbitrary<Integer> types = Arbitraries.integers().between(NalType.SLICE, NalType.LAST_SINGLE);
        Arbitrary<Integer> headers = Combinators.combine(Arbitraries.integers().between(0, 7), types)
            .as((top, type) -> top << 5 | type);
        Arbitrary<byte[]> units = Combinators.combine(headers, sizes, Arbitraries.randoms()).as(RoundTripTest::unit);
        return units.list().ofMinSize(1).ofMaxSize(6).list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<PacketizerConfig> configs() {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(100, 1500)),
            Tuple.of(1, Arbitraries.integers().between(PacketizerConfig.MIN_MAX_PACKET_LENGTH, 100)),
            Tuple.of(1, Arbitraries.integers().between(1500, PacketizerConfig.MAX_MAX_PACKET_LENGTH)));
        return Combinators.combine(lengths, Arbitraries.of(true, false)).as((length, aggregate) -> {
            PacketizerConfig config = PacketizerConfig.defaults(RtpDatagram.SSRC).withMaxPacketLength(length);
            return aggregate ? config.withAggregation() : config;
        });
    }

    private static byte[] unit(int header, int size, Random random) {
        byte[] unit = new byte[1 + size];
        random.nextBytes(unit);
        unit[0] = (byte) header;
        preventStartCodes(unit);
        return unit;
    }

    /** No NAL unit has a start code inside (H.264 section 7.4.1); in a parameter set we would take it for one. */
    private static void preventStartCodes(byte[] unit) {
        for (int i = 2; i < unit.length; i++) {
            if (unit[i - 2] == 0 && unit[i - 1] == 0 && unit[i] == 1) {
                unit[i] = 3;
            }
        }
    }

    @Tag("RFC6184-5.2-04") @Tag("RFC6184-5.5-05") @Tag("RFC6184-5.8-01") @Tag("RFC6184-6.3-05")
    @Property(tries = 300)
    void whateverIsPacketizedIsDepacketizedTheSame(@ForAll("accessUnits") List<List<byte[]>> accessUnits,
            @ForAll("configs") PacketizerConfig config, @ForAll @IntRange(max = 0xffff) int firstSequence) {
        List<byte[]> packets = Packets.of(config, firstSequence, accessUnits);
        assertThat(packets).allMatch(packet -> packet.length <= config.maxPacketLength());

        CheckedNalUnits sink = receive(packets, new RtpReceiver[1], ReceiverConfig.defaults());
        assertThat(sink.units).containsExactlyElementsOf(accessUnits.stream().flatMap(List::stream).toList());
        assertThat(sink.accessUnits).containsExactlyElementsOf(accessUnits.stream().map(List::size).toList());
        assertThat(sink.abandoned).isZero();
    }

    @Tag("RFC6184-5.6-02") @Tag("RFC6184-5.8-03") @Tag("RFC6184-7-01") @Tag("RFC6184-7-02")
    @Property(tries = 300)
    void throughLossReorderingAndDuplicationExactlyTheUnitsWhosePacketsAllArrivedAreDelivered(
            @ForAll("accessUnits") List<List<byte[]>> accessUnits, @ForAll @IntRange(min = 200, max = 1500) int length,
            @ForAll boolean aggregate, @ForAll @IntRange(min = 1, max = 128) int window,
            @ForAll @IntRange(max = 30) int lossPercent, @ForAll @IntRange(max = 0xffff) int firstSequence,
            @ForAll Random random) {
        PacketizerConfig plain = PacketizerConfig.defaults(RtpDatagram.SSRC).withMaxPacketLength(length);
        PacketizerConfig config = aggregate ? plain.withAggregation() : plain;
        List<byte[]> packets = Packets.of(config, firstSequence, accessUnits);
        List<Arrival> arrivals = Arrival.of(packets.size(), window, lossPercent, random);
        Set<Integer> arrived = Arrival.packets(arrivals);

        RtpReceiver[] receiver = new RtpReceiver[1];
        CheckedNalUnits sink = receive(arrivals.stream().map(arrival -> packets.get(arrival.packet())).toList(), receiver,
            ReceiverConfig.defaults().withWindow(window, 1));

        assertThat(sink.units).containsExactlyElementsOf(wholeUnits(packets, arrived));
        int lastArrived = arrived.stream().max(Comparator.naturalOrder()).orElseThrow();
        assertThat(receiver[0].counters().get(RtpCounter.LOST)).isEqualTo(lastArrived + 1 - arrived.size());
        assertThat(receiver[0].counters().get(RtpCounter.DUPLICATED)).isEqualTo(arrivals.size() - arrived.size());
    }

    private static CheckedNalUnits receive(List<byte[]> packets, RtpReceiver[] receiver, ReceiverConfig config) {
        CheckedNalUnits sink = new CheckedNalUnits();
        receiver[0] = new RtpReceiver(config, new Depacketizer(sink));
        for (byte[] packet : packets) {
            receiver[0].accept(RtpDatagram.placedAt(3, packet), 3, packet.length, 0);
        }
        receiver[0].flush();
        return sink;
    }

    /** The oracle: reads the payloads with its own eyes, a group of fragments at a time. */
    private static List<byte[]> wholeUnits(List<byte[]> packets, Set<Integer> arrived) {
        List<byte[]> units = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            byte[] payload = Packets.payload(Packets.view(packets.get(i)));
            int type = payload[0] & 31;
            int first = i;
            if (type == 28) {
                while ((packets.get(i)[13] & 0x40) == 0) {
                    i++;
                }
            }
            boolean whole = true;
            for (int packet = first; packet <= i; packet++) {
                whole &= arrived.contains(packet);
            }
            if (whole) {
                units.addAll(type == 28 ? List.of(joined(packets.subList(first, i + 1)))
                    : type == 24 ? split(payload) : List.of(payload));
            }
        }
        return units;
    }

    private static byte[] joined(List<byte[]> fragments) {
        int length = 1 + fragments.stream().mapToInt(fragment -> fragment.length - 14).sum();
        ByteBuffer unit = ByteBuffer.allocate(length);
        unit.put((byte) (fragments.getFirst()[12] & 0xe0 | fragments.getFirst()[13] & 0x1f));
        fragments.forEach(fragment -> unit.put(fragment, 14, fragment.length - 14));
        return unit.array();
    }

    private static List<byte[]> split(byte[] stap) {
        List<byte[]> units = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(stap, 1, stap.length - 1);
        while (rest.hasRemaining()) {
            byte[] unit = new byte[rest.getShort() & 0xffff];
            rest.get(unit);
            units.add(unit);
        }
        return units;
    }
}
