package io.mcm.camera.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        time.now = start + 25 * MS;
        pacer.packet(0, PACKET, 0, 100, 10 * MS);
        pacer.packet(0, PACKET, 0, 100, 20 * MS);
        pacer.packet(0, PACKET, 0, 100, 30 * MS);
        assertThat(sentAt.subList(0, 3)).containsExactly(0L, 25 * MS, 25 * MS);
        assertThat(sentAt.get(3)).isBetween(30 * MS, 30 * MS + 50);
        assertThat(pacer.lateness().getMaxValue()).isBetween(15 * MS, 15 * MS + MS / 50);
    }

    @Test
    void theThreadParksUntilShortlyBeforeAndSpinsTheRest() {
        Pacer pacer = pacer(1);
        pacer.packet(0, PACKET, 0, 100, 0);
        pacer.packet(0, PACKET, 0, 100, 10 * MS);
        pacer.packet(0, PACKET, 0, 100, 10 * MS + Pacer.SPIN_NANOS);
        assertThat(time.parks).containsExactly(10 * MS - Pacer.SPIN_NANOS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 10})
    void speedDividesTheTimes(double speed) {
        Pacer pacer = pacer(speed);
        pacer.packet(0, PACKET, 0, 100, 0);
        pacer.packet(0, PACKET, 0, 100, 100 * MS);
        assertThat(sentAt.get(1)).isBetween((long) (100 * MS / speed), (long) (100 * MS / speed) + 50);
    }

    @Test
    void atMaxSpeedNothingWaitsAndNothingIsLate() {
        Pacer pacer = pacer(Pacer.MAX_SPEED);
        sendingTakes = 7;
        for (int i = 0; i < 5; i++) {
            pacer.packet(0, PACKET, 0, 100, i * 1_000 * MS);
        }
        assertThat(sentAt).containsExactly(0L, 7L, 14L, 21L, 28L);
        assertThat(time.parks).isEmpty();
        assertThat(pacer.lateness().getMaxValue()).isZero();
    }

    @Test
    void stoppingEndsAWaitAndTheWaitingPacketIsNotSent() {
        Pacer pacer = pacer(1);
        pacer.packet(0, PACKET, 0, 100, 0);
        time.onPark(pacer::stop);
        pacer.packet(0, PACKET, 0, 100, 10_000 * MS);
        assertThat(pacer.isStopped()).isTrue();
        assertThat(pacer.packets()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void aSpeedThatIsNotAboveZeroIsRefused(double speed) {
        assertThatThrownBy(() -> pacer(speed)).hasMessageContaining("speed " + speed).hasMessageContaining("above 0");
    }
}
