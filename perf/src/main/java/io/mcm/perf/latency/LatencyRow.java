package io.mcm.perf.latency;

import io.mcm.perf.calibration.Calibration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One rate, and what became of it.
 *
 * @param target   pictures a second of all sessions
 * @param sent     pictures, at {@code achieved} a second
 * @param dropped  by the proxy; what else is lost the kernel dropped, or it came too late to be counted
 * @param latency  ns, from the intended sending to the taking
 * @param lateness ns, of the camera's thread: a part of the latency
 */
record LatencyRow(int sessions, double target, double achieved, long sent, long dropped, Histogram latency, Histogram lateness) {

    static final String HEADER = """
        | sessions | pictures/s | achieved | sent | lost | dropped by the proxy | p50, us | p90 | p99 | p99.9 | max | p50 / calibration \
        | camera late p50, us | p99 |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|---|""";
    static final String CSV_HEADER = "sessions,pictures_per_second,percentile,latency_ns,count";

    /** One in a hundred may be a hiccup of the machine. */
    private static final double LOST_ENOUGH = 0.01;
    private static final double SENT_ENOUGH = 0.95;
    /** Half of the pictures wait in a queue, for nothing else takes so long. */
    private static final long EXPLODED_NANOS = 10_000_000;
    private static final double NANOS_PER_MICRO = 1e3;
    /** Of the CSV: points for each halving of what is above them. */
    private static final int TICKS = 5;

    long lost() {
        return sent - latency.getTotalCount();
    }

    /** A higher rate would show nothing but a longer queue. */
    boolean isSaturated() {
        return lost() > LOST_ENOUGH * sent || achieved < SENT_ENOUGH * target || latency.getValueAtPercentile(50) > EXPLODED_NANOS;
    }

    /** @param packets a picture, for what it takes this machine at least */
    String text(Calibration calibration, int packets) {
        return String.format(Locale.ROOT, "| %d | %.0f | %.0f | %d | %d | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %.1f | %.0f |", sessions, target,
            achieved, sent, lost(), dropped, micros(latency, 50), micros(latency, 90), micros(latency, 99), micros(latency, 99.9),
            micros(latency, 100), latency.getValueAtPercentile(50) / calibration.handOver(packets), micros(lateness, 50), micros(lateness, 99));
    }

    private static double micros(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }

    /** Lines of {@link #CSV_HEADER}, the whole curve. */
    String csv() {
        StringBuilder lines = new StringBuilder();
        latency.percentiles(TICKS).forEach(point -> lines.append(String.format(Locale.ROOT, "%d,%s,%.5f,%d,%d%n", sessions, target,
            point.getPercentileLevelIteratedTo(), point.getValueIteratedTo(), point.getTotalCountToThisValue())));
        return lines.toString();
    }
}
