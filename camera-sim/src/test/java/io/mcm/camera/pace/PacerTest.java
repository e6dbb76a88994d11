package io.mcm.camera.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {

    private static final long MS = 1_000_000;
    private static final MemorySegment PACKET = MemorySegment.ofArray(new byte[100]);

    private final FakeTime time = new FakeTime();
    private final long start = time.now;
    private final List<Long> sentAt = new ArrayList<>();
    private long sendingTakes;

    private Pacer pacer(double speed) {
        return new Pacer(speed, time, time, (_, _, _, _) -> {
            sentAt.add(time.now - start);
            time.now += sendingTakes;
        }, PacketTrace.NONE);
    }

    @Test
    void packetsLeaveAtTheirDeadlinesHoweverLateAParkedThreadWakes() {
        Pacer pacer = pacer(1);
        sendingTakes = 5_000;
        time.wakesLate = 90_000;
        for (int i = 0; i < 1_000; i++) {
            pacer.packet(0, PACKET, 0, 100, i * 40 * MS);
        }
        pacer.end();
        for (int i = 0; i < 1_000; i++) {
            assertThat(sentAt.get(i)).as("packet %d: errors do not add up", i).isBetween(i * 40 * MS, i * 40 * MS + 50);
        }
        assertThat(pacer.lateness().getMaxValue()).isLessThanOrEqualTo(50);
        assertThat(pacer.durationNanos()).isBetween(999 * 40 * MS, 999 * 40 * MS + 50);
        assertThat(pacer.packets()).isEqualTo(1_000);
        assertThat(pacer.bytes()).isEqualTo(100_000);
    }

    @Test
    void aLatePacketMovesNoOther() {
        Pacer pacer = pacer(1);
        pacer.packet(0, PACKET, 0, 100, 0);
        pacer.packet(0, PACKET, 0, 100, 10 * MS);
        time.now = start + 25 * MS;
        pacer.packet(0, PACKET, 0, 100, 20 * MS);
        pacer.packet(0, PACKET, 0, 100, 30 * MS);
        pacer.end();
        assertThat(sentAt.subList(0, 3)).containsExactly(0L, 25 * MS, 25 * MS);
        assertThat(sentAt.get(3)).isBetween(30 * MS, 30 * MS + 50);
        assertThat(pacer.lateness().getMaxValue()).isBetween(15 * MS, 15 * MS + MS / 50);
    }

    @Test
    void theThreadParksUntilShortlyBeforeAndSpinsTheRest() {
        Pacer pacer = pacer(1);
        pacer.packet(0, PACKET, 0, 100, 10 * MS);
        pacer.packet(0, PACKET, 0, 100, 10 * MS + SpinMargin.FIRST_NANOS / 2);
        pacer.end();
        assertThat(time.parks).containsExactly(10 * MS - SpinMargin.FIRST_NANOS);
    }

    @Test
    void packetsThatAreDueTogetherLeaveTogetherAndAreFlushedOnce() {
        List<String> events = new ArrayList<>();
        Pacer pacer = new Pacer(1, time, time, new RecordingOut(events, time, start), PacketTrace.NONE);
        for (long due : new long[] {0, 0, 0, 40 * MS, 40 * MS, 80 * MS}) {
            pacer.packet((int) (due / MS / 40), PACKET, 0, 100, due);
        }
        pacer.end();
        assertThat(events).containsExactly("0@0", "0@0", "0@0", "flush", "1@40", "1@40", "flush", "2@80", "flush");
    }

    @Test
    void packetsThatAreLateAlreadyDoNotLeaveOneByOne() {
        List<String> events = new ArrayList<>();
        Pacer pacer = new Pacer(1, time, time, new RecordingOut(events, time, start), PacketTrace.NONE);
        pacer.packet(0, PACKET, 0, 100, 0);
        pacer.packet(0, PACKET, 0, 100, MS);
        time.now = start + 10 * MS;
        pacer.packet(0, PACKET, 0, 100, 2 * MS);
        pacer.packet(0, PACKET, 0, 100, 3 * MS);
        pacer.packet(0, PACKET, 0, 100, 20 * MS);
        pacer.end();
        assertThat(events).containsExactly("0@0", "flush", "0@10", "0@10", "0@10", "flush", "0@20", "flush");
        assertThat(pacer.lateness().getMaxValue()).isBetween(9 * MS, 9 * MS + MS / 50);
    }

    @Test
    void packetsThatFallDueWhileOthersAreBeingSentLeaveWithThem() {
        List<String> events = new ArrayList<>();
        Pacer pacer = new Pacer(1, time, time, new RecordingOut(events, time, start), PacketTrace.NONE);
        long soon = Pacer.FIRST_SEND_NANOS - 1_000;
        for (long due : new long[] {0, 10 * MS, 10 * MS + soon, 20 * MS, 20 * MS + 2 * soon}) {
            pacer.packet(0, PACKET, 0, 100, due);
        }
        pacer.end();
        assertThat(events).containsExactly("0@0", "flush", "0@10", "0@10", "flush", "0@20", "flush", "0@20", "flush");
        assertThat(pacer.earliestNanos()).isBetween(soon - 100, soon);
    }

    @Test
    void aPictureOfAnySizeIsHeldInBoundedMemoryAndAllOfItLeaves() {
        Pacer pacer = pacer(1);
        for (int i = 0; i < 3 * Pacer.MAX_BURST; i++) {
            pacer.packet(0, PACKET, 0, 100, 10 * MS);
        }
        pacer.end();
        assertThat(sentAt).hasSize(3 * Pacer.MAX_BURST).allSatisfy(at -> assertThat(at).isBetween(10 * MS, 10 * MS + 50));
    }

    /** The fake clock's ten minutes; the real ones are run by hand, see the README. */
    @ParameterizedTest
    @CsvSource({"30, 1", "1000, 1", "5000, 1", "90, 0.5", "90, 7"})
    void afterTenMinutesNothingHasAddedUp(int packetsPerSecond, double speed) {
        Pacer pacer = pacer(speed);
        sendingTakes = 3_000;
        time.wakesLate = 60_000;
        time.spinStep = 1_000;
        long packets = (long) (600 * speed * packetsPerSecond);
        for (long i = 0; i < packets; i++) {
            pacer.packet(0, PACKET, 0, 100, i * 1_000_000_000L / packetsPerSecond);
        }
        pacer.end();
        assertThat(pacer.packets()).isEqualTo(packets);
        assertThat(pacer.driftNanos()).isBetween(0L, time.spinStep);
        double seconds = (packets - 1) / (packetsPerSecond * speed);
        assertThat(pacer.durationNanos()).isBetween((long) (seconds * 1e9), (long) (seconds * 1e9) + time.spinStep);
        assertThat(pacer.lateness().getValueAtPercentile(50)).isLessThanOrEqualTo(time.spinStep);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 10})
    void speedDividesTheTimes(double speed) {
        Pacer pacer = pacer(speed);
        pacer.packet(0, PACKET, 0, 100, 0);
        pacer.packet(0, PACKET, 0, 100, 100 * MS);
        pacer.end();
        assertThat(sentAt.get(1)).isBetween((long) (100 * MS / speed), (long) (100 * MS / speed) + 50);
    }

    @Test
    void atMaxSpeedNothingWaitsAndNothingIsLate() {
        Pacer pacer = pacer(Pacer.MAX_SPEED);
        int packets = 2 * Pacer.MAX_SPEED_BURST + 1;
        for (int i = 0; i < packets; i++) {
            pacer.packet(0, PACKET, 0, 100, i * 1_000 * MS);
        }
        assertThat(sentAt).as("in bursts").hasSize(2 * Pacer.MAX_SPEED_BURST);
        pacer.end();
        assertThat(sentAt).hasSize(packets).containsOnly(0L);
        assertThat(time.parks).isEmpty();
        assertThat(pacer.lateness().getMaxValue()).isZero();
    }

    @Test
    void stoppingEndsAWaitAndTheWaitingPacketIsNotSent() {
        Pacer pacer = pacer(1);
        pacer.packet(0, PACKET, 0, 100, 0);
        time.onPark(pacer::stop);
        pacer.packet(0, PACKET, 0, 100, 10_000 * MS);
        pacer.end();
        assertThat(pacer.isStopped()).isTrue();
        assertThat(pacer.packets()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void aSpeedThatIsNotAboveZeroIsRefused(double speed) {
        assertThatThrownBy(() -> pacer(speed)).hasMessageContaining("speed " + speed).hasMessageContaining("above 0");
    }

    private record RecordingOut(List<String> events, FakeTime time, long start) implements PacketOut {

        @Override
        public void send(int channel, MemorySegment segment, long offset, int length) {
            events.add(channel + "@" + (time.now - start) / MS);
        }

        @Override
        public void flush() {
            events.add("flush");
        }
    }
}
