package io.mcm.camera.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.TimedPacketSink;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class ShaperTest {

    private static final long MS = 1_000_000;

    private final RecordingSink sink = new RecordingSink();

    private static void send(TimedPacketSink to, int channel, int timestamp, int sequence, long due) {
        MemorySegment packet = MemorySegment.ofArray(new byte[20]);
        if ((channel & 1) == 0) {
            RtpPacket.writeHeader(packet, 0, 96, sequence, timestamp, 1);
        }
        to.packet(channel, packet, 0, 20, due);
    }

    /** Three pictures of 4, 1 and 2 packets, 1 ms between packets. */
    private static void pictures(TimedPacketSink to) {
        int sequence = 0;
        for (int packets : new int[] {4, 1, 2}) {
            long begin = sequence == 0 ? 0 : sequence == 4 ? 40 * MS : 80 * MS;
            for (int i = 0; i < packets; i++) {
                send(to, 0, (int) (begin / MS * 90), sequence++, begin + i * MS);
            }
        }
        to.end();
    }

    private List<Long> millis() {
        return sink.due.stream().map(due -> due / MS).toList();
    }

    @Test
    void aFrameLeavesAtOnceWhenItsFirstPacketIsDue() {
        pictures(Shaper.of(Shape.FRAME, sink));
        assertThat(millis()).containsExactly(0L, 0L, 0L, 0L, 40L, 80L, 80L);
    }

    @Test
    void aSmoothFrameIsSpreadEvenlyUntilTheNext() {
        pictures(Shaper.of(Shape.SMOOTH, sink));
        assertThat(millis()).containsExactly(0L, 10L, 20L, 30L, 40L, 80L, 80L);
    }

    @Test
    void asCapturedNothingIsInTheWay() {
        assertThat(Shaper.of(Shape.CAPTURE, sink)).isSameAs(sink);
    }

    @Test
    void aPauseDoesNotStretchThePictureBeforeIt() {
        TimedPacketSink shaper = Shaper.of(Shape.SMOOTH, sink);
        send(shaper, 0, 0, 0, 0);
        send(shaper, 0, 0, 1, MS);
        send(shaper, 0, 90_000, 2, 10_000 * MS);
        shaper.end();
        assertThat(millis()).containsExactly(0L, 100L, 10_000L);
    }

    @Test
    void aStreamThatEndsHoldsNoOtherUp() {
        TimedPacketSink shaper = Shaper.of(Shape.FRAME, sink);
        send(shaper, 0, 0, 0, 0);
        for (int i = 0; i < 100; i++) {
            send(shaper, 2, i * 3_600, i, i * 40 * MS);
        }
        assertThat(sink.of(2).packets).as("before the end").hasSizeGreaterThan(90);
        shaper.end();
        assertThat(sink.of(2).packets).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"FRAME", "SMOOTH"})
    void reportsKeepTheirTimeAndHoldNothingUp(Shape shape) {
        TimedPacketSink shaper = Shaper.of(shape, sink);
        send(shaper, 1, 0, 0, 0);
        send(shaper, 0, 0, 0, 0);
        send(shaper, 1, 0, 0, 20 * MS);
        for (int i = 1; i < 50; i++) {
            send(shaper, 0, i * 3_600, i, i * 40 * MS);
        }
        assertThat(sink.packets).as("before the end").hasSizeGreaterThan(48);
        shaper.end();
        assertThat(sink.of(1).due).containsExactly(0L, 20 * MS);
    }

    @Property(tries = 100)
    void everyPacketLeavesOnceInOrderOfTimeAndOfItsChannel(@ForAll long seed, @ForAll Shape shape) {
        SplittableRandom random = new SplittableRandom(seed);
        RecordingSink out = new RecordingSink();
        TimedPacketSink shaper = Shaper.of(shape, out);
        int[] sequences = new int[6];
        int[] timestamps = new int[6];
        long due = 0;
        for (int i = 0; i < 500; i++) {
            int channel = random.nextInt(6);
            due += random.nextInt(3) == 0 ? random.nextLong(30 * MS) : 0;
            timestamps[channel] += random.nextInt(4) == 0 ? 3_600 : 0;
            send(shaper, channel, timestamps[channel], sequences[channel]++, due);
        }
        shaper.end();
        assertThat(out.packets).hasSize(500);
        assertThat(out.due).isSorted();
        for (int channel = 0; channel < 6; channel += 2) {
            List<byte[]> packets = out.of(channel).packets;
            for (int i = 0; i < packets.size(); i++) {
                assertThat(packets.get(i)[3] & 0xff).isEqualTo(i & 0xff);
            }
        }
    }
}
