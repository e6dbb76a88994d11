package io.mcm.perf.latency;

import io.mcm.cli.EnvironmentException;
import io.mcm.perf.calibration.Calibration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Camera to consumer through a fresh proxy, once: 720p at 30 pictures a second and two higher rates, right after a calibration.
 *
 * @param handOver ns, what this machine takes at least
 * @param rates    rows of the ladder, the target's first
 */
public record LatencyRound(double handOver, List<Rate> rates) {

    private static final List<Double> RATES = List.of((double) LatencyReport.TARGET_RATE, 300.0, 1000.0);
    private static final double SECONDS = 6;
    private static final int FIRST_PORT = 20_000;

    /**
     * Pictures a second, and what became of them.
     *
     * @param latency ns
     */
    public record Rate(double picturesPerSecond, long sent, Histogram latency) {}

    /**
     * Takes about 25 seconds.
     *
     * @throws EnvironmentException where a process does not start
     */
    public static LatencyRound measure() {
        LatencyPlan plan = new LatencyPlan(RATES, SECONDS, LatencyReport.TARGET_PACKETS, false, false, 1, FIRST_PORT);
        List<Rate> rates = new ArrayList<>();
        try {
            double handOver = Calibration.measure().handOver(plan.packets());
            new LatencyLadder(plan, 1).climb(row -> rates.add(new Rate(row.target(), row.sent(), row.latency())));
            return new LatencyRound(handOver, rates);
        } catch (IOException e) {
            throw new EnvironmentException("latency: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("latency: interrupted", e);
        }
    }

    /** Nanoseconds at the rate of the target. */
    public double atTarget(double percentile) {
        return rates.getFirst().latency().getValueAtPercentile(percentile);
    }
}
