package io.mcm.camera.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The capture's first packet is an STAP-A of whole units; its second starts a fragmented unit. */
class LatencyJoinTest {

    private static final int MICRO = 1_000;
    private static final double THREE_DIGITS = 0.5;

    private final GroundTruth truth = GroundTruth.of(Path.of("../pcaps/veth_ff_main_1280x720_2M.pcap"));
    private final LatencyJoin join = new LatencyJoin(truth);

    LatencyJoinTest() throws Exception {}

    @Test
    void aUnitsLatencyCountsFromTheIntendedTimeOfThePacketThatMadeItWhole() {
        int packets = truth.packetsUntilWhole(1);
        assertThat(packets).as("packets after the first of the fragmented unit").isPositive();
        join.sent(100, 0);
        for (int i = 0; i <= packets; i++) {
            join.sent(101 + i, (1_000L + i) * MICRO);
        }
        join.dequeued(101, 9, (1_000L + packets + 70) * MICRO);
        assertThat(join.micros(50)).isCloseTo(70, within(THREE_DIGITS));
    }

    @Test
    void aUnitThatIsReadBeforeTheCamerasLineComesWaitsForIt() {
        join.sent(65_535, 0);
        join.dequeued(65_535, 9, 30 * MICRO);
        int packets = truth.packetsUntilWhole(1);
        join.dequeued(0, 9, (packets + 200L) * MICRO);
        assertThat(join.micros(100)).isCloseTo(30, within(THREE_DIGITS));
        for (int i = 0; i <= packets; i++) {
            join.sent(i, (long) i * MICRO);
        }
        assertThat(join.micros(100)).isCloseTo(200, within(THREE_DIGITS));
    }

    @Test
    void sequenceNumbersGoOnOverManyPassesAndWraps() {
        long packets = truth.packets();
        for (long i = 0; i < 400 * packets; i++) {
            join.sent((int) (i & 0xffff), i * MICRO);
            if (i % packets == 0) {
                join.dequeued((int) (i & 0xffff), 9, (i + 40) * MICRO);
            }
        }
        assertThat(join.units()).isEqualTo(400);
        assertThat(join.micros(0)).isCloseTo(40, within(THREE_DIGITS));
        assertThat(join.micros(100)).isCloseTo(40, within(THREE_DIGITS));
    }
}
