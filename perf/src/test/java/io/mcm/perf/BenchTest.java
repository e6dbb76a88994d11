package io.mcm.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bench that measures the wrong thing is worse than none: what each one moves is checked here. */
@Timeout(30)
class BenchTest {

    @Test
    void theDepacketizerPutsTheWholeUnitTogetherEachTime() {
        DepacketizerBench bench = new DepacketizerBench();
        bench.packetize();
        for (int i = 0; i < 3; i++) {
            assertThat(bench.depacketize()).isEqualTo(DepacketizerBench.NAL_UNIT_LENGTH);
        }
    }

    @Test
    void everyPacketComesBackAndManyMoreThanTheRingHoldsGetThrough() throws InterruptedException {
        RingBench bench = new RingBench();
        bench.connect();
        try {
            assertThat(bench.roundTrip()).isEqualTo(64);
            for (int i = 0; i < 100; i++) {
                bench.burst();
            }
            bench.length = 1500;
            assertThat(bench.roundTrip()).isEqualTo(1500);
        } finally {
            bench.disconnect();
        }
    }
}
