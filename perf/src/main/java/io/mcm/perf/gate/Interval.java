package io.mcm.perf.gate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What rounds say about a figure.
 *
 * @param median of the rounds
 * @param low    and {@code high}: the median of as many rounds again would lie between, 95 times of 100
 */
public record Interval(double median, double low, double high) {

    private static final int RESAMPLES = 4_000;
    private static final double OUTSIDE = 0.05;
    /** The same rounds give the same interval. */
    private static final long SEED = 20_260_101;

    /** As {@link #of(double...)}. */
    public static Interval of(List<Double> rounds) {
        return of(rounds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Percentile bootstrap of the median (Efron 1979). */
    public static Interval of(double... rounds) {
        if (rounds.length == 0) {
            throw new IllegalArgumentException("no rounds");
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[rounds.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = rounds[random.nextInt(rounds.length)];
            }
            medians[i] = median(drawn);
        }
        Arrays.sort(medians);
        int cut = (int) (RESAMPLES * OUTSIDE / 2);
        return new Interval(median(rounds), medians[cut], medians[RESAMPLES - 1 - cut]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Three digits, as more would be noise. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.3g (%.3g to %.3g)", median, low, high);
    }
}
