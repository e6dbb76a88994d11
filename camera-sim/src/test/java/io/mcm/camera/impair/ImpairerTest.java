package io.mcm.camera.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.impair.Impairment.BitErrors;
import io.mcm.camera.impair.Impairment.BurstLoss;
import io.mcm.camera.impair.Impairment.Delay;
import io.mcm.camera.impair.Impairment.Drift;
import io.mcm.camera.impair.Impairment.Duplicate;
import io.mcm.camera.impair.Impairment.Jitter;
import io.mcm.camera.impair.Impairment.Loss;
import io.mcm.camera.impair.Impairment.RateLimit;
import io.mcm.camera.impair.Impairment.Reorder;
import io.mcm.camera.impair.Impairment.Restart;
import io.mcm.camera.impair.Impairment.SequenceJump;
import io.mcm.camera.impair.Impairment.Silence;
import io.mcm.camera.impair.Impairment.SsrcChange;
import io.mcm.camera.impair.Impairment.Stall;
import io.mcm.camera.impair.Impairment.TimestampJump;
import io.mcm.camera.impair.Impairment.Truncate;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImpairerTest {

    private static final int PACKETS = 20_000;
    private static final int LENGTH = 100;
    private static final long SPACING = 1_000_000;
    private static final long SEED = 42;

    private Impairer impairer;
    private RecordingSink sink;

    private List<Integer> send(Impairments impairments) {
        sink = new RecordingSink();
        impairer = new Impairer(impairments, sink);
        for (int i = 0; i < PACKETS; i++) {
            impairer.packet(0, packet(i), 0, LENGTH, i * SPACING);
        }
        impairer.end();
        assertThat(sink.due).as("time does not run back").isSorted();
        return sink.packets.stream().map(ImpairerTest::number).toList();
    }

    private List<Integer> send(Impairment... impairments) {
        return send(Impairments.of(SEED, impairments));
    }

    /** An RTP packet whose sequence, timestamp and first payload word tell its number. */
    private static MemorySegment packet(int number) {
        byte[] bytes = new byte[LENGTH];
        RtpPacket.writeHeader(MemorySegment.ofArray(bytes), 0, 96, number, number * 90, 7);
        ByteBuffer.wrap(bytes).putInt(RtpPacket.FIXED_HEADER_LENGTH, number);
        return MemorySegment.ofArray(bytes);
    }

    private static int number(byte[] packet) {
        return packet.length < 16 ? -1 : ByteBuffer.wrap(packet).getInt(RtpPacket.FIXED_HEADER_LENGTH);
    }

    private static RtpPacket header(byte[] packet) {
        RtpPacket view = new RtpPacket();
        view.wrap(MemorySegment.ofArray(packet), 0, packet.length);
        return view;
    }

    private long count(ImpairCounter counter) {
        return impairer.counters().get(counter);
    }

    private static List<Integer> all() {
        return IntStream.range(0, PACKETS).boxed().toList();
    }

    private static Impairments during(Impairment impairment, long from, long until) {
        return new Impairments(SEED, List.of(new Phase(impairment, from * SPACING, until * SPACING)));
    }

    private static Impairments at(Impairment event, long at) {
        return new Impairments(SEED, List.of(new Phase(event, at * SPACING, Phase.FOREVER)));
    }

    @Test
    void withoutImpairmentsEveryPacketPassesInOrderAndOnTime() {
        assertThat(send()).isEqualTo(all());
        assertThat(sink.due).isEqualTo(IntStream.range(0, PACKETS).mapToObj(i -> i * SPACING).toList());
    }

    @Test
    void lossLosesSoManyPercentAndCountsThem() {
        List<Integer> got = send(new Loss(5));
        assertThat(got).isSorted().doesNotHaveDuplicates();
        assertThat(PACKETS - got.size()).isCloseTo(PACKETS * 5 / 100, within(PACKETS / 200)).isEqualTo((int) count(ImpairCounter.LOST));
        assertThat(send(new Loss(100))).isEmpty();
    }

    @Test
    void burstLossLosesSoManyPercentInBurstsOfThatLengthOnAverage() {
        List<Integer> got = send(BurstLoss.of(10, 8));
        int lost = PACKETS - got.size();
        int bursts = 0;
        for (int i = 1; i < got.size(); i++) {
            bursts += got.get(i) - got.get(i - 1) > 1 ? 1 : 0;
        }
        assertThat(lost).isCloseTo(PACKETS / 10, within(PACKETS / 50)).isEqualTo((int) count(ImpairCounter.BURST_LOST));
        assertThat((double) lost / bursts).isCloseTo(8, within(1.0));
    }

    @Test
    void duplicatesFollowTheirOriginalAtOnce() {
        List<Integer> got = send(new Duplicate(5));
        assertThat(got).isSorted();
        assertThat(new HashSet<>(got)).hasSize(PACKETS);
        assertThat(got.size() - PACKETS).isCloseTo(PACKETS * 5 / 100, within(PACKETS / 200)).isEqualTo((int) count(ImpairCounter.DUPLICATED));
    }

    @Test
    void aReorderedPacketComesAfterAsManyLaterOnesAsAskedForAndNoneIsMissing() {
        List<Integer> got = send(new Reorder(20, 2, 5));
        assertThat(got).containsExactlyInAnyOrderElementsOf(all());
        Set<Integer> distances = new HashSet<>();
        for (int at = 0; at < got.size(); at++) {
            int number = got.get(at);
            // The last ones have nobody behind who could overtake them.
            int overtakers = (int) got.subList(Math.max(0, at - 60), at).stream().filter(other -> other > number).count();
            if (number < PACKETS - 100) {
                distances.add(overtakers);
            }
        }
        assertThat(distances).containsExactlyInAnyOrder(0, 2, 3, 4, 5);
        assertThat(count(ImpairCounter.REORDERED)).isBetween(PACKETS * 19L / 100, PACKETS * 21L / 100);
    }

    @Test
    void whereTooManyAreHeldBackTheRestIsDroppedAndCounted() {
        List<Integer> got = send(new Reorder(100, 4_096, 4_096));
        assertThat(got).hasSize(Reordering.MAX_HELD);
        assertThat(count(ImpairCounter.NOT_HELD)).isEqualTo(PACKETS - Reordering.MAX_HELD);
    }

    @Test
    void delayMovesEveryPacketByTheSame() {
        assertThat(send(new Delay(2.5))).isEqualTo(all());
        assertThat(sink.due.getFirst()).isEqualTo(2_500_000);
        assertThat(sink.due.getLast()).isEqualTo(2_500_000 + (PACKETS - 1) * SPACING);
    }

    @ParameterizedTest
    @EnumSource
    void jitterDelaysByItsDistributionAndNeverSendsEarly(Distribution distribution) {
        List<Integer> got = send(new Jitter(10, distribution, false));
        assertThat(got).containsExactlyInAnyOrderElementsOf(all()).isNotEqualTo(all());
        double[] delays = IntStream.range(0, PACKETS).mapToDouble(i -> (sink.due.get(i) - got.get(i) * SPACING) / 1e6).sorted().toArray();
        double mean = Arrays.stream(delays).average().orElseThrow();
        double most = delays[PACKETS - 1];
        assertThat(delays[0]).isNotNegative();
        switch (distribution) {
            case UNIFORM -> assertThat(mean).isCloseTo(5, within(0.1));
            case NORMAL -> assertThat(delays[PACKETS * 84 / 100]).as("mean and one standard deviation").isCloseTo(5 + 10 / 6.0, within(0.1));
            case EXPONENTIAL -> assertThat(delays[PACKETS / 2]).as("median").isCloseTo(10 * Math.log(2), within(0.3));
            case PARETO -> assertThat(mean).isCloseTo(10, within(0.6));
        }
        assertThat(most).isLessThanOrEqualTo(distribution.ordinal() < 2 ? 10.0 : 200.0);
    }

    @Test
    void jitterMayKeepTheOrder() {
        assertThat(send(new Jitter(10, Distribution.PARETO, true))).isEqualTo(all());
        assertThat(count(ImpairCounter.JITTERED)).isEqualTo(PACKETS);
    }

    @Test
    void aRateLimitSpreadsABurstAndDropsWhatWouldWaitTooLong() {
        // 128 bytes with headers take 1.024 ms at 1 Mbit/s: 0.024 ms more a packet than there are.
        List<Integer> got = send(new RateLimit(1, 5, 0));
        assertThat(got.subList(0, 100)).isEqualTo(all().subList(0, 100));
        for (int i = 1; i < got.size(); i++) {
            assertThat(sink.due.get(i) - sink.due.get(i - 1)).isGreaterThanOrEqualTo(1_023_999);
            assertThat(sink.due.get(i) - got.get(i) * SPACING).isLessThanOrEqualTo(5_000_000);
        }
        assertThat(PACKETS - got.size()).isEqualTo((int) count(ImpairCounter.QUEUE_DROPPED)).isCloseTo(PACKETS * 24 / 1024, within(10));
        assertThat(send(new RateLimit(1, 5, 1_000)).subList(0, 100)).isEqualTo(all().subList(0, 100));
        assertThat(sink.due.get(5)).as("a burst of 1,000 bytes goes at once").isEqualTo(5 * SPACING);
    }

    @Test
    void aStallHoldsEverythingAndThenSendsItAtOnce() {
        assertThat(send(during(new Stall(), 100, 150))).isEqualTo(all());
        assertThat(sink.due.subList(100, 151)).containsOnly(150 * SPACING);
        assertThat(count(ImpairCounter.STALLED)).isEqualTo(50);
    }

    @Test
    void silenceSendsNothing() {
        assertThat(send(during(new Silence(), 100, 150))).doesNotContainAnyElementsOf(all().subList(100, 150)).hasSize(PACKETS - 50);
    }

    @Test
    void aClockThatRunsFastSendsEarlierThanItsTimestampsSay() {
        send(new Drift(100));
        long expected = Math.round((PACKETS - 1) * SPACING / 1.0001);
        assertThat(sink.due.getLast()).isCloseTo(expected, within(1L));
        send(during(new Drift(-1_000), 0, 1_000));
        assertThat(sink.due.getLast() - (PACKETS - 1) * SPACING).as("what was late stays late").isCloseTo(1_000_000, within(2_000L));
    }

    @Test
    void bitErrorsHitThePayloadAloneUnlessAskedFor() {
        send(new BitErrors(1e-3, 0, false));
        long flipped = 0;
        for (int i = 0; i < PACKETS; i++) {
            assertThat(Arrays.copyOf(sink.packets.get(i), 12)).isEqualTo(Arrays.copyOf((byte[]) packet(i).heapBase().orElseThrow(), 12));
            flipped += differingBits(sink.packets.get(i), i);
        }
        assertThat(flipped / (PACKETS * 88.0 * 8)).isCloseTo(1e-3, within(5e-5));
        send(new BitErrors(0, 25, true));
        Set<Integer> hit = new HashSet<>();
        for (int i = 0; i < PACKETS; i++) {
            int differing = differingBits(sink.packets.get(i), i);
            hit.add(differing);
        }
        assertThat(hit).containsExactlyInAnyOrder(0, 1);
        assertThat(count(ImpairCounter.BIT_ERRORS)).isCloseTo(PACKETS / 4, within(PACKETS / 50L));
    }

    private static int differingBits(byte[] got, int number) {
        byte[] source = (byte[]) packet(number).heapBase().orElseThrow();
        int bits = 0;
        for (int i = 0; i < source.length; i++) {
            bits += Integer.bitCount((source[i] ^ got[i]) & 0xff);
        }
        return bits;
    }

    @Test
    void truncationCutsToALengthOrAnywhere() {
        send(new Truncate(10, 20));
        assertThat(sink.packets.stream().filter(packet -> packet.length == 20).count()).isEqualTo(count(ImpairCounter.TRUNCATED))
            .isCloseTo(PACKETS / 10, within(PACKETS / 100L));
        send(new Truncate(100, 0));
        assertThat(sink.packets.stream().map(packet -> packet.length).distinct().sorted().toList())
            .isEqualTo(IntStream.range(1, LENGTH).boxed().toList());
    }

    @Test
    void anSsrcChangeChangesNothingElse() {
        send(at(new SsrcChange(), 100));
        assertThat(header(sink.packets.get(99)).ssrc()).isEqualTo(7);
        assertThat(header(sink.packets.get(100)).ssrc()).isNotEqualTo(7).isEqualTo(header(sink.packets.getLast()).ssrc());
        assertThat(header(sink.packets.get(100)).sequence()).isEqualTo(100);
        assertThat(header(sink.packets.get(100)).timestamp()).isEqualTo(9_000);
    }

    @Test
    void aRestartBeginsAnew() {
        send(at(new Restart(), 100));
        RtpPacket first = header(sink.packets.get(100));
        RtpPacket second = header(sink.packets.get(101));
        assertThat(first.ssrc()).isNotEqualTo(7).isEqualTo(second.ssrc());
        assertThat(first.sequence()).isNotEqualTo(100);
        assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
        assertThat(second.timestamp()).isEqualTo(first.timestamp() + 90);
        assertThat(count(ImpairCounter.RESTART)).isOne();
    }

    @Test
    void jumpsMoveWhatFollows() {
        send(at(new TimestampJump(-5), 100));
        assertThat(header(sink.packets.get(99)).timestamp()).isEqualTo(99 * 90);
        assertThat(header(sink.packets.get(100)).timestamp()).isEqualTo(100 * 90 - 5);
        send(at(new SequenceJump(20), 100));
        assertThat(header(sink.packets.get(100)).sequence()).isEqualTo(120);
        assertThat(header(sink.packets.get(100)).timestamp()).isEqualTo(100 * 90);
    }

    @Test
    void switchingOneImpairmentOnChangesNoOthersChoices() {
        Set<Integer> lossAlone = new HashSet<>(send(new Loss(3)));
        List<Impairment> everythingElse = new ArrayList<>(List.of(new Reorder(10, 1, 3), new Duplicate(10),
            new Jitter(10, Distribution.UNIFORM, false), new Delay(3), new Truncate(10, 50), new BitErrors(0, 10, false)));
        everythingElse.add(new Loss(3));
        List<Integer> together = send(everythingElse.toArray(Impairment[]::new));
        long lost = count(ImpairCounter.LOST);
        assertThat(lost).isEqualTo(PACKETS - lossAlone.size());
        send(BurstLoss.of(20, 4));
        Set<Integer> afterBursts = new HashSet<>(sink.packets.stream().map(ImpairerTest::number).toList());
        Set<Integer> both = new HashSet<>(send(BurstLoss.of(20, 4), new Loss(3)));
        afterBursts.retainAll(lossAlone);
        assertThat(both).isEqualTo(afterBursts);
        assertThat(together).isNotEmpty();
    }

    @Test
    void theSameSeedAndSourceGiveTheSameBytesAtTheSameTimes() {
        Impairment[] many = {new Loss(3), BurstLoss.of(5, 3), new Reorder(5, 1, 9), new Duplicate(3),
            new Jitter(7, Distribution.EXPONENTIAL, false), new RateLimit(3, 50, 3_000), new BitErrors(1e-4, 0, true), new Truncate(2, 0)};
        send(many);
        RecordingSink first = sink;
        send(many);
        assertThat(sink.due).isEqualTo(first.due);
        assertThat(sink.packets).usingElementComparator(Arrays::compare).isEqualTo(first.packets);
        send(Impairments.of(SEED + 1, many));
        assertThat(sink.due).isNotEqualTo(first.due);
    }

    @Test
    void ofTwoPhasesTheLaterInTheListCounts() {
        Impairments both = new Impairments(SEED, List.of(Phase.always(new Loss(0)), new Phase(new Loss(100), 10 * SPACING, 20 * SPACING)));
        assertThat(send(both)).hasSize(PACKETS - 10).doesNotContain(10, 19).contains(9, 20);
    }

    @Test
    void rtcpIsHitByTheNetworkButKeepsItsNumbers() {
        sink = new RecordingSink();
        impairer = new Impairer(at(new Restart(), 0).and(List.of(Phase.always(new Delay(1)))), sink);
        byte[] report = new byte[28];
        report[0] = (byte) 0x80;
        report[1] = (byte) 200;
        impairer.packet(1, MemorySegment.ofArray(report), 0, report.length, 0);
        impairer.end();
        assertThat(sink.packets.getFirst()).isEqualTo(report);
        assertThat(sink.due).containsExactly(1_000_000L);
    }
}
