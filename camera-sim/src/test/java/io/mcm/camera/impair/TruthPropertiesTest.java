package io.mcm.camera.impair;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.truth.ExpectedUnits;
import io.mcm.camera.truth.ReceiverBounds;
import io.mcm.camera.truth.ReceiverModel;
import io.mcm.camera.truth.Reception;
import io.mcm.camera.truth.Truth;
import io.mcm.h264.Depacketizer;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** For any source, impairments and seed: what the ground truth says is what our receiver counts and delivers, packet for packet. */
class TruthPropertiesTest {

    private static final int MILLI = 1_000_000;

    private record Run(SourcePlan source, Truth truth, RecordingSink sent) {}

    private static Run run(SourcePlan source, long seed, List<Phase> phases) throws IOException {
        Path file = Files.createTempFile("truth", ".jsonl");
        RecordingSink sent = new RecordingSink();
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                source.playTo(new Impairer(new Impairments(seed, phases), out, sent));
            }
            return new Run(source, Truth.read(file), sent);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 500)
    void aBadNetwork(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int pictures, @ForAll @LongRange(max = 2 * MILLI) long spread,
            @ForAll("network") List<Phase> phases, @ForAll @IntRange(min = 1, max = 64) int windowPackets,
            @ForAll @IntRange(max = 200) int windowMillis) throws IOException {
        Run run = run(new SourcePlan(seed, pictures, spread), seed, phases);
        agree(run, windowPackets, windowMillis);
    }

    @Property(tries = 500)
    void aBadCamera(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int pictures, @ForAll @LongRange(max = 2 * MILLI) long spread,
            @ForAll("camera") List<Phase> phases) throws IOException {
        Run run = run(new SourcePlan(seed, pictures, spread), seed, phases);
        agree(run, 128, 100);
    }

    private static void agree(Run run, int windowPackets, int windowMillis) {
        NalUnits units = new NalUnits();
        ReceiverConfig config = ReceiverConfig.defaults().withSourceTimeout(0).withWindow(windowPackets, (long) windowMillis * MILLI);
        RtpReceiver receiver = new RtpReceiver(config, new Depacketizer(units));
        for (int i = 0; i < run.sent.packets.size(); i++) {
            byte[] packet = run.sent.packets.get(i);
            receiver.accept(MemorySegment.ofArray(packet), 0, packet.length, run.sent.due.get(i));
        }
        receiver.flush();
        Reception expected = ReceiverModel.of(run.truth, 0, ReceiverBounds.of(windowPackets, (long) windowMillis * MILLI));
        receiver.counters().forEach((counter, got) -> assertThat(got).as("%s", counter).isEqualTo(expected.count(counter)));
        if (run.truth.packets().stream().noneMatch(packet -> packet.done().contains(ImpairCounter.BIT_ERRORS)
                || packet.done().contains(ImpairCounter.TRUNCATED))) {
            assertThat(units.whole).usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(ExpectedUnits.of(expected, run.source::packet));
        }
        sentIsWhatTheTruthSays(run);
    }

    private static void sentIsWhatTheTruthSays(Run run) {
        assertThat(run.truth.packets()).hasSize(run.source.size());
        List<Truth.Sent> sent = run.truth.sent(0);
        assertThat(sent).hasSameSizeAs(run.sent.packets);
        assertThat(run.sent.due).as("time does not run back").isSorted();
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i).order()).isEqualTo(i);
            assertThat(sent.get(i).dueNanos()).isEqualTo(run.sent.due.get(i));
            assertThat(sent.get(i).length()).isEqualTo(run.sent.packets.get(i).length);
        }
    }

    @Provide
    Arbitrary<List<Phase>> network() {
        Arbitrary<Impairment> one = Arbitraries.oneOf(losses(), Arbitraries.of(
            new Impairment.Reorder(10, 1, 3), new Impairment.Reorder(50, 1, 1), new Impairment.Reorder(20, 2, 40),
            new Impairment.Reorder(3, 100, 200), new Impairment.Jitter(30, Distribution.UNIFORM, false),
            new Impairment.Jitter(20, Distribution.PARETO, false), new Impairment.Jitter(60, Distribution.EXPONENTIAL, false),
            new Impairment.Jitter(50, Distribution.NORMAL, true), new Impairment.Delay(33.3), new Impairment.Drift(40_000),
            new Impairment.Drift(-40_000), new Impairment.RateLimit(0.05, 300, 1_000), new Impairment.BitErrors(1e-3, 0, false),
            new Impairment.BitErrors(0, 20, false), new Impairment.Truncate(10, 0), new Impairment.Truncate(10, 5)));
        return Arbitraries.oneOf(phases(one), phases(one), stall()).list().ofMaxSize(5);
    }

    /** No packet overtakes one of the camera before. */
    @Provide
    Arbitrary<List<Phase>> camera() {
        Arbitrary<Impairment> line = Arbitraries.oneOf(losses(), Arbitraries.of(new Impairment.Jitter(50, Distribution.EXPONENTIAL, true),
            new Impairment.RateLimit(0.1, 1_000, 300), new Impairment.Drift(300)));
        Arbitrary<Phase> delay = Arbitraries.just(Phase.always(new Impairment.Delay(5)));
        Arbitrary<Impairment> event = Arbitraries.of(new Impairment.Restart(), new Impairment.SsrcChange(),
            new Impairment.SequenceJump(7), new Impairment.SequenceJump(-3), new Impairment.SequenceJump(2_999),
            new Impairment.SequenceJump(-100), new Impairment.SequenceJump(3_000), new Impairment.SequenceJump(-20_000),
            new Impairment.TimestampJump(123_456));
        Arbitrary<Phase> events = Combinators.combine(event, Arbitraries.integers().between(0, 2_400))
            .as((what, at) -> new Phase(what, (long) at * MILLI, Phase.FOREVER));
        return Arbitraries.oneOf(phases(line), phases(line), events, events, stall(), delay).list().ofMaxSize(6);
    }

    private static Arbitrary<Impairment> losses() {
        return Arbitraries.of(new Impairment.Loss(1), new Impairment.Loss(30), Impairment.BurstLoss.of(10, 4),
            new Impairment.BurstLoss(5, 50, 1, 80), new Impairment.Duplicate(5), new Impairment.Duplicate(100), new Impairment.Silence());
    }

    private static Arbitrary<Phase> phases(Arbitrary<Impairment> impairments) {
        Arbitrary<Integer> times = Arbitraries.integers().between(0, 1_600);
        return Combinators.combine(impairments, times, times).as((what, from, length) ->
            new Phase(what, from % 4 == 0 ? 0 : (long) from * MILLI, length % 3 == 0 ? Phase.FOREVER : (from + (long) length) * MILLI));
    }

    private static Arbitrary<Phase> stall() {
        Arbitrary<Integer> times = Arbitraries.integers().between(0, 1_600);
        return Combinators.combine(times, times).as((from, length) ->
            new Phase(new Impairment.Stall(), (long) from * MILLI, (from + (long) length / 4) * MILLI));
    }
}
