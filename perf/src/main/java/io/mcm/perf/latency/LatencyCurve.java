package io.mcm.perf.latency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Latency of one rate over all rounds of a run, from the intended sending of a picture to its taking.
 *
 * @param calibration us, what the machine takes at least for a picture's packets and two sleeping threads: median of the rounds
 * @param p50         us
 * @param p50Ratio    to the calibration
 * @param points      of the curve, upwards from the median
 */
public record LatencyCurve(double picturesPerSecond, int packets, long sent, long lost, double calibration, double p50, double p99, double p50Ratio,
    double p99Ratio, List<Point> points) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final int LEAST = 50;
    private static final int P99 = 99;
    private static final double MOST = 99.99;
    /** Points for each halving of what is above them. */
    private static final int TICKS = 5;
    private static final int DIGITS = 3;

    /** So many per cent of the pictures took no longer. */
    public record Point(double percentile, double micros) {}

    public LatencyCurve {
        points = List.copyOf(points);
    }

    /** A curve for each rate that some round has played. */
    public static List<LatencyCurve> of(List<LatencyRound> rounds) {
        double handOver = median(rounds.stream().map(LatencyRound::handOver).toList());
        return rounds.stream().flatMap(round -> round.rates().stream()).map(LatencyRound.Rate::picturesPerSecond).distinct().sorted()
            .map(rate -> curve(rate, handOver / NANOS_PER_MICRO, rounds)).toList();
    }

    private static LatencyCurve curve(double rate, double calibration, List<LatencyRound> rounds) {
        Histogram all = new Histogram(DIGITS);
        long sent = 0;
        for (LatencyRound round : rounds) {
            for (LatencyRound.Rate played : round.rates()) {
                if (played.picturesPerSecond() == rate) {
                    all.add(played.latency());
                    sent += played.sent();
                }
            }
        }
        double p50 = all.getValueAtPercentile(LEAST) / NANOS_PER_MICRO;
        double p99 = all.getValueAtPercentile(P99) / NANOS_PER_MICRO;
        return new LatencyCurve(rate, LatencyReport.TARGET_PACKETS, sent, sent - all.getTotalCount(), calibration, p50, p99, p50 / calibration,
            p99 / calibration, points(all));
    }

    /** As far as there are pictures above. */
    private static List<Point> points(Histogram all) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(LEAST, all.getValueAtPercentile(LEAST) / NANOS_PER_MICRO));
        for (HistogramIterationValue value : all.percentiles(TICKS)) {
            double percentile = value.getPercentileLevelIteratedTo();
            if (percentile > LEAST && percentile <= MOST && value.getTotalCountToThisValue() < all.getTotalCount()) {
                points.add(new Point(percentile, value.getValueIteratedTo() / NANOS_PER_MICRO));
            }
        }
        return points;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted(Comparator.naturalOrder()).skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
