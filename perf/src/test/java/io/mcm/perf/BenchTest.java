package io.mcm.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bench that measures the wrong thing is worse than none: what each one moves is checked here. */
@Timeout(30)
class BenchTest {

    @ParameterizedTest
    @EnumSource(PayloadStructure.class)
    void theDepacketizerPutsEveryUnitTogetherEachTime(PayloadStructure structure) {
        DepacketizerBench bench = new DepacketizerBench();
        bench.structure = structure;
        bench.packetize();
        for (int i = 0; i < 3; i++) {
            bench.depacketize();
        }
        bench.flush();
        assertThat(bench.units()).isEqualTo(3L * structure.units(DepacketizerBench.PACKETS));
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
