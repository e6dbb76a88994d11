package io.mcm.perf.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.cli.EnvironmentException;
import io.mcm.perf.camera.EvenCapture;
import io.mcm.perf.peers.Match.Goal;
import io.mcm.perf.peers.Match.Played;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class PeerTableTest {

    private record Stub(Goal goal, Optional<String> missing, Played play) implements Match {

        @Override
        public String work() {
            return "work";
        }

        @Override
        public String peer() {
            return "peer";
        }
    }

    private static String row(Goal goal, Played played) {
        return PeerTable.row(new Stub(goal, Optional.empty(), played), played);
    }

    @Test
    void aRowHasTheRatioAndWhetherTheGoalIsMet() {
        assertThat(row(new Goal(0.1, false), new Played(150, 2_000, "ns a packet", "", true))).isEqualTo(
            "| work | peer | 150 | 2000 | ns a packet | 0.0750 | <= 0.1 | met |");
        assertThat(row(new Goal(0.8, true), new Played(1.5, 2.5, "M/s", "near", true))).isEqualTo("| work | peer | 1.50 | 2.50 | M/s | 0.600 | >= 0.8 | missed; near |");
    }

    @Test
    void whereTheMachineWasNotFitForItThereIsNoVerdict() {
        assertThat(row(new Goal(0.8, true), new Played(2, 1, "M/s", "core to core 7000 ns", false))).endsWith("| 2.00 | >= 0.8 | undecided; core to core 7000 ns |");
    }

    @Test
    void aPeerThatIsNotThereIsNamedWithItsPackages() throws Exception {
        assertThat(PeerTable.row(new Stub(new Goal(0.5, false), Optional.of("a b"), null))).isEqualTo(
            "| work | peer | - | - | - | - | <= 0.5 | not installed: apt-get install a b |");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void whatAProgramCostsIsToldOnlyWhereItEndsWell(String program, boolean good) throws Exception {
        if (good) {
            assertThat(Tool.cpuSeconds(List.of(program))).isBetween(0.0, 1.0);
        } else {
            assertThatThrownBy(() -> Tool.cpuSeconds(List.of(program))).isInstanceOf(EnvironmentException.class).hasMessageStartingWith(program + " failed");
        }
    }

    @Test
    void theTimeOfAProgramIsThatOfItsProcessorNotOfTheClock() throws Exception {
        assertThat(Tool.cpuSeconds(List.of("sleep", "0.2"))).isLessThan(0.1);
        assertThat(Tool.cpuSeconds(List.of("bash", "-c", "for ((i = 0; i < 100000; i++)); do :; done"))).isGreaterThan(0.03);
    }

    /** Header 24, each record 16 + 42 + 1,400. */
    @Test
    void theCaptureHoldsWholePictures(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("even.pcap");
        new EvenCapture(90_000, 2 * EvenCapture.PICTURE).write(file, new byte[6], new InetSocketAddress("10.0.0.1", 5004));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(24 + 2 * EvenCapture.PICTURE * (16 + 42 + 1_400));
        int rtp = 24 + 16 + 42;
        int last = rtp + (EvenCapture.PICTURE - 1) * (16 + 42 + 1_400);
        assertThat(bytes[rtp + 13] & 0xc0).as("FU-A start").isEqualTo(0x80);
        assertThat(bytes[last + 13] & 0xc0).as("FU-A end").isEqualTo(0x40);
        assertThat(bytes[last + 1] & 0x80).as("marker").isEqualTo(0x80);
    }
}
