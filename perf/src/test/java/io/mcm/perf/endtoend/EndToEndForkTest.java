package io.mcm.perf.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.perf.gate.Bench;
import io.mcm.perf.gate.Build;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Fork;
import io.mcm.perf.gate.Gate;
import io.mcm.perf.gate.Judgement;
import io.mcm.perf.gate.Measured;
import io.mcm.perf.gate.Threshold;
import io.mcm.perf.latency.LatencyRound;
import io.mcm.perf.memif.RingRound;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The gate over rounds that nobody measured. */
class EndToEndForkTest {

    private static final Build BUILD = new Build("this", "");
    private static final Fork NO_JMH = (_, bench, _) -> {
        throw new AssertionError(bench.name() + " is no bench of JMH");
    };
    private int latencyRounds;
    private int memifRounds;

    private final EndToEndFork fork = new EndToEndFork(NO_JMH, this::latency, this::memif);

    /** 100 us for half of the pictures and 400 us for the rest, where 50 us is the least. */
    private LatencyRound latency() {
        latencyRounds++;
        Histogram latency = new Histogram(3);
        latency.recordValueWithCount(100_000, 60);
        latency.recordValueWithCount(400_000, 40);
        return new LatencyRound(50_000, List.of(new LatencyRound.Rate(30, 101, latency)));
    }

    private RingRound memif(int size, int burst) {
        memifRounds++;
        return new RingRound(size, burst, 1e6 * burst, 4e6 * burst);
    }

    private List<Finding> hold(Threshold... thresholds) {
        return new Gate(fork, 3, 0, _ -> {}).hold(BUILD, List.of(thresholds));
    }

    private static Threshold atMost(String bench, double most) {
        return new Threshold(bench, Threshold.Figure.RATIO, most, false, "r");
    }

    @Test
    void latencyIsAMultipleOfTheCalibrationOfItsRoundAndBothPercentilesAreOfTheSamePictures() {
        List<Finding> findings = hold(atMost("latency/720p30-p50", 2.1), atMost("latency/720p30-p99", 7));
        assertThat(findings).extracting(finding -> Math.round(10 * finding.figure().median())).containsExactly(20L, 80L);
        assertThat(findings).extracting(Finding::judgement).containsExactly(Judgement.PASS, Judgement.FAIL);
        assertThat(latencyRounds).isEqualTo(3);
    }

    @Test
    void aMessageIsAMultipleOfItsCopy() {
        Finding finding = hold(atMost("memif/1500-burst-64", 5)).getFirst();
        assertThat(finding.figures()).hasSize(3).allSatisfy(ratio -> assertThat(ratio).isEqualTo(4.0));
        assertThat(memifRounds).isEqualTo(3);
    }

    @Test
    void whatWasMeasuredIsKeptForThePlots() {
        hold(atMost("latency/720p30-p50", 9), atMost("memif/64-burst-1", 9), atMost("memif/16384-burst-64", 9));
        EndToEnd measured = fork.measured();
        assertThat(measured.latency()).singleElement().satisfies(curve -> {
            assertThat(curve.sent()).isEqualTo(303);
            assertThat(curve.lost()).isEqualTo(3);
            assertThat(curve.calibration()).isEqualTo(50);
            assertThat(curve.p50Ratio()).isBetween(1.99, 2.01);
            assertThat(curve.points().getFirst().percentile()).isEqualTo(50);
            assertThat(curve.points().getLast().percentile()).isLessThanOrEqualTo(99.99);
        });
        assertThat(measured.memif()).extracting(figure -> figure.size() + " " + figure.burst() + " " + figure.ratio())
            .containsExactly("64 1 0.25", "16384 64 0.25");
    }

    @Test
    void whereNothingEndToEndWasSelectedThereIsNothingToDraw() {
        Fork jmh = (_, _, _) -> new Measured(10, 0);
        EndToEndFork other = new EndToEndFork(jmh, this::latency, this::memif);
        assertThat(other.run(BUILD, Bench.all().getFirst(), "m").nanos()).isEqualTo(10);
        assertThat(other.measured()).isEqualTo(EndToEnd.NONE);
        assertThat(latencyRounds + memifRounds).isZero();
    }
}
