package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds after every packet, whatever arrives; {@link RecordingSink} holds the order. */
class ReceiverPropertiesTest {

    private static final int CAMERA = 0xA;
    private static final int OTHER = 0xB;
    private static final long STEP = 1_000_000;

    private static boolean accept(RtpReceiver receiver, int ssrc, int sequence, long now) {
        byte[] bytes = RtpDatagram.of(sequence & 0xffff).ssrc(ssrc).bytes();
        return receiver.accept(RtpDatagram.placedAt(3, bytes), 3, bytes.length, now);
    }

    private static long packets(RecordingSink sink) {
        return sink.events.stream().filter(event -> Character.isDigit(event.charAt(0))).count();
    }

    /** Every packet that came is delivered, held, or in one counter. */
    private static void assertAccountedFor(RtpReceiver receiver, RecordingSink sink, int sent) {
        long gone = receiver.counters().get(RtpCounter.DUPLICATED) + receiver.counters().get(RtpCounter.LATE)
            + receiver.counters().get(RtpCounter.STRAY) + receiver.counters().get(RtpCounter.FOREIGN_SSRC);
        assertThat(packets(sink) + gone).isEqualTo(sent);
    }

    @Property(tries = 300)
    void anyTrafficOfThreeSourcesIsDeliveredInOrderOrCounted(@ForAll Random random, @ForAll @IntRange(max = 0xffff) int first) {
        RecordingSink sink = new RecordingSink();
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withWindow(16, 20 * STEP), sink);
        int[] next = {first, first + 20_000, first + 40_000};
        long now = 0;
        int sent = 400;
        for (int i = 0; i < sent; i++) {
            int source = random.nextInt(10) < 7 ? 0 : random.nextInt(3);
            next[source] += random.nextInt(50) == 0 ? 10_000 : random.nextInt(20) == 0 ? 2 : 1;
            now += random.nextInt(100) == 0 ? 2500 * STEP : random.nextInt(3) * STEP;
            accept(receiver, CAMERA + source, next[source] - random.nextInt(6) * random.nextInt(2), now);
            receiver.poll(now);
            assertThat(receiver.deadline()).isGreaterThan(now);
            assertThat(packets(sink)).isLessThanOrEqualTo(i + 1);
        }
        receiver.flush();
        assertAccountedFor(receiver, sink, sent);
    }

    @Property(tries = 300)
    void reorderingWithinTheWindowLosesExactlyWhatNeverCame(@ForAll Random random, @ForAll @IntRange(max = 0xffff) int first,
            @ForAll @DoubleRange(max = 0.3) double loss) {
        List<double[]> arrivals = new ArrayList<>(List.of(new double[] {-1, 0}));
        for (int i = 1; i < 300; i++) {
            for (int copies = random.nextDouble() < loss ? 0 : 1 + random.nextInt(8) / 7; copies > 0; copies--) {
                arrivals.add(new double[] {i + random.nextDouble() * 15, i});
            }
        }
        arrivals.sort((a, b) -> Double.compare(a[0], b[0]));
        RecordingSink sink = new RecordingSink();
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withWindow(16, 1000 * STEP), sink);
        for (double[] arrival : arrivals) {
            accept(receiver, CAMERA, first + (int) arrival[1], 0);
        }
        receiver.flush();
        long distinct = arrivals.stream().mapToInt(arrival -> (int) arrival[1]).distinct().count();
        int last = arrivals.stream().mapToInt(arrival -> (int) arrival[1]).max().orElseThrow();
        assertThat(packets(sink)).isEqualTo(distinct);
        assertThat(receiver.counters().get(RtpCounter.LOST)).isEqualTo(last + 1 - distinct);
        assertThat(receiver.statistics().expected()).isEqualTo(last + 1);
        assertThat(receiver.statistics().received()).isEqualTo(arrivals.size());
    }

    @Example
    void nothingIsAllocatedForAPacketNorForAnotherCameraOnThePortNorForAReport() {
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), new RtpSink() {
            @Override
            public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {}

            @Override
            public void lost(int packets) {}

            @Override
            public void end() {}
        });
        byte[] report = RtcpDatagram.report(CAMERA, 1L << 32, 0).bytes();
        MemorySegment slab = Arena.ofAuto().allocate(1024);
        MemorySegment.copy(MemorySegment.ofArray(report), 0, slab, 512, report.length);
        int rounds = 50_000;
        run(receiver, slab, report.length, 0, rounds);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(receiver, slab, report.length, rounds, rounds);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
        assertThat(receiver.counters().get(RtpCounter.PACKETS)).isEqualTo(2 * rounds);
    }

    private static void run(RtpReceiver receiver, MemorySegment slab, int reportLength, int from, int rounds) {
        for (int i = from; i < from + rounds; i++) {
            RtpPacket.writeHeader(slab, 0, 96, i, i * 90, CAMERA);
            receiver.accept(slab, 0, 100, i * STEP);
            RtpPacket.writeHeader(slab, 0, 96, i + 30_000, i * 90, OTHER);
            receiver.accept(slab, 0, 100, i * STEP);
            receiver.acceptRtcp(slab, 512, reportLength, i * STEP);
        }
    }
}
