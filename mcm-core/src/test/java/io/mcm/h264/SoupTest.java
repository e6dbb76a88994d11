package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.metric.Counters;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpReceiver;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any bytes on the port: nothing is thrown, the sink's grammar holds, and every datagram is in one counter. */
class SoupTest {

    private record Datagram(byte[] bytes, long afterNanos) {
    }

    @Provide
    Arbitrary<List<Datagram>> traffic() {
        Arbitrary<byte[]> soup = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        Arbitrary<byte[]> seeds = Arbitraries.of(PayloadCase.all().flatMap(one -> one.payloads().stream()).toList());
        Arbitrary<byte[]> cut = Combinators.combine(seeds, Arbitraries.integers().between(0, 20), Arbitraries.bytes())
            .as(SoupTest::damaged);
        Arbitrary<byte[]> payloads = Arbitraries.frequencyOf(Tuple.of(1, soup), Tuple.of(3, seeds), Tuple.of(2, cut));
        Arbitrary<Integer> sequences = Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.integers().between(0xFFF0, 0x1_0010)),
            Tuple.of(1, Arbitraries.integers().between(0, 0xffff)));
        Arbitrary<byte[]> packets = Combinators.combine(sequences, payloads, Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, 3), Arbitraries.of(true, false)).as(SoupTest::packet);
        Arbitrary<Long> pauses = Arbitraries.frequencyOf(Tuple.of(20, Arbitraries.longs().between(0, 20_000_000)),
            Tuple.of(1, Arbitraries.longs().between(0, 4_000_000_000L)));
        return Combinators.combine(Arbitraries.frequencyOf(Tuple.of(1, soup), Tuple.of(6, packets)), pauses)
            .as(Datagram::new).list().ofMaxSize(120);
    }

    private static byte[] damaged(byte[] seed, int at, byte value) {
        byte[] copy = seed.clone();
        copy[at % copy.length] = value;
        return copy;
    }

    private static byte[] packet(int sequence, byte[] payload, int ssrc, int timestamp, boolean marker) {
        RtpDatagram datagram = RtpDatagram.of(sequence).payload(payload).ssrc(ssrc / 3).timestamp(timestamp);
        return (marker ? datagram.marker() : datagram).bytes();
    }

    @Property(tries = 500)
    void anythingMayArrive(@ForAll("traffic") List<Datagram> traffic) {
        CheckedNalUnits sink = new CheckedNalUnits();
        Depacketizer depacketizer = new Depacketizer(sink);
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), depacketizer);
        long now = 0;
        for (Datagram datagram : traffic) {
            now += datagram.afterNanos;
            receiver.accept(RtpDatagram.placedAt(1, datagram.bytes), 1, datagram.bytes.length, now);
            receiver.poll(now);
            assertThat(receiver.deadline()).isGreaterThan(now);
        }
        receiver.flush();

        Counters<RtpCounter> rtp = receiver.counters();
        assertThat(rtp.get(RtpCounter.PACKETS) + rtp.get(RtpCounter.TOO_SHORT) + rtp.get(RtpCounter.WRONG_VERSION)
            + rtp.get(RtpCounter.OVERRUN) + rtp.get(RtpCounter.RTCP) + rtp.get(RtpCounter.RTCP_PAYLOAD_TYPE)
            + rtp.get(RtpCounter.FOREIGN_SSRC))
            .isEqualTo(traffic.size());
        Counters<H264Counter> h264 = depacketizer.counters();
        assertThat(sink.units).hasSize((int) h264.get(H264Counter.NAL_UNITS));
        assertThat(sink.accessUnits).hasSize((int) h264.get(H264Counter.ACCESS_UNITS));
        // A unit of which nothing but the header had come was never begun.
        assertThat(sink.abandoned).isLessThanOrEqualTo((int) (h264.get(H264Counter.FU_LOST) + h264.get(H264Counter.FU_INTERRUPTED)));
    }
}
