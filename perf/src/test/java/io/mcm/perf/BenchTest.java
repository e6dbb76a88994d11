package io.mcm.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bench that measures the wrong thing is worse than none: what each one moves is checked here. */
@Timeout(300)
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

    @ParameterizedTest
    @EnumSource(ReorderBench.Arrival.class)
    void theReorderWindowDeliversEveryPacket(ReorderBench.Arrival arrival) {
        ReorderBench bench = new ReorderBench();
        bench.arrival = arrival;
        bench.begin();
        bench.reorder();
        assertThat(bench.reorder()).isEqualTo(bench.delivered()).isEqualTo(1 + 2 * ReorderBench.PACKETS);
    }

    @ParameterizedTest
    @EnumSource(PacketizerBench.Packets.class)
    void thePacketizerMakesAsManyPacketsAsItIsDividedBy(PacketizerBench.Packets structure) {
        PacketizerBench bench = new PacketizerBench();
        bench.structure = structure;
        bench.prepare();
        bench.packetize();
        assertThat(bench.packetize()).isGreaterThan(2L * PacketizerBench.PACKETS * 1_300);
        assertThat(bench.packets()).isEqualTo(2 * PacketizerBench.PACKETS);
    }

    @Test
    void theCaptureBenchReadsTheWholeFile() throws IOException {
        CaptureBench bench = new CaptureBench();
        bench.folder = Path.of("..", "pcaps");
        assertThat(bench.read()).isGreaterThan(100);
        assertThat(bench.bytes()).isEqualTo(Files.size(bench.folder.resolve(bench.capture)));
    }

    @Test
    void sessionsComeAndGo() throws IOException {
        ControlBench bench = new ControlBench();
        bench.connect();
        try {
            assertThat(bench.session()).isPositive();
            assertThat(bench.session()).isPositive();
            assertThat(bench.twoRoundTrips()).isEqualTo(2);
        } finally {
            bench.disconnect();
        }
    }
}
