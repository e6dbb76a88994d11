package io.mcm.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the level of a series changed: Pettitt's rank test (A. N. Pettitt, A Non-Parametric Approach to the Change-Point Problem, Applied
 * Statistics 28, 1979), then the same of both sides. Ranks, so that a single run on a bad day is not a change; how likely chance would
 * do it is counted over shuffles, for his formula is only good for long series.
 */
final class ChangePoints {

    private static final int SHUFFLES = 2_000;
    /** Stricter than usual, as a page shows a dozen series. */
    private static final double CHANCE = 0.01;
    /** No order of fewer is so rare. */
    private static final int SHORTEST = 10;
    /** The same series has the same change points. */
    private static final long SEED = 20_260_101;

    private ChangePoints() {}

    /** @return indices of the first value after each change, ascending */
    static List<Integer> of(List<Double> series) {
        List<Integer> found = new ArrayList<>();
        search(series, 0, found);
        settle(series, found);
        return found;
    }

    /** With a second change in sight the first seems later or earlier than it was: each again, between its neighbours. */
    private static void settle(List<Double> series, List<Integer> found) {
        for (int i = 0; i < found.size(); i++) {
            int from = i == 0 ? 0 : found.get(i - 1);
            int to = i == found.size() - 1 ? series.size() : found.get(i + 1);
            found.set(i, from + strongest(ranks(series.subList(from, to))));
        }
    }

    private static void search(List<Double> series, int offset, List<Integer> found) {
        if (series.size() < SHORTEST) {
            return;
        }
        double[] ranks = ranks(series);
        int first = strongest(ranks);
        if (chance(ranks) > CHANCE) {
            return;
        }
        search(series.subList(0, first), offset, found);
        found.add(offset + first);
        search(series.subList(first, series.size()), offset + first, found);
    }

    /** Equal values share the mean of their ranks. */
    private static double[] ranks(List<Double> series) {
        return series.stream().mapToDouble(value -> {
            long below = series.stream().filter(other -> other < value).count();
            long equal = series.stream().filter(other -> other.doubleValue() == value).count();
            return below + (equal + 1) / 2.0;
        }).toArray();
    }

    private static int strongest(double[] ranks) {
        int strongest = 1;
        for (int first = 1; first < ranks.length; first++) {
            if (strength(ranks, first) > strength(ranks, strongest)) {
                strongest = first;
            }
        }
        return strongest;
    }

    /** |U| of the paper: how much more the values after {@code first} win than lose against those before. */
    private static double strength(double[] ranks, int first) {
        double sum = 0;
        for (int i = 0; i < first; i++) {
            sum += ranks[i];
        }
        return Math.abs(2 * sum - first * (ranks.length + 1.0));
    }

    private static double chance(double[] ranks) {
        double strength = strength(ranks, strongest(ranks));
        SplittableRandom random = new SplittableRandom(SEED);
        double[] shuffled = ranks.clone();
        int asStrong = 1; // the series itself
        for (int i = 0; i < SHUFFLES; i++) {
            shuffle(shuffled, random);
            if (strength(shuffled, strongest(shuffled)) >= strength) {
                asStrong++;
            }
        }
        return asStrong / (SHUFFLES + 1.0);
    }

    private static void shuffle(double[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
