package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Figures as shares of their thresholds, so that all of a run stand on one axis and their thresholds under each other.
 *
 * @param least share at its left end
 * @param most  share at its right end; what is beyond is drawn there
 */
record Axis(double least, double most) {

    private static final double[] STEPS = {0.02, 0.05, 0.1, 0.25, 0.5, 1};
    private static final int MOST_TICKS = 6;
    /** Above it only that it is far above matters. */
    private static final double FARTHEST = 3;
    private static final double BESIDE_THRESHOLD = 1.2;
    /** Below it the axis begins at nothing. */
    private static final double NEAR = 0.6;
    private static final double PADDING = 0.05;
    private static final double ROUNDING = 0.1;

    static Axis of(List<Finding> findings) {
        double low = findings.stream().mapToDouble(finding -> share(finding, finding.figure().low())).min().orElse(0) - PADDING;
        double high = findings.stream().mapToDouble(finding -> share(finding, finding.figure().high())).max().orElse(1) + PADDING;
        return new Axis(low < NEAR ? 0 : Math.min(1 - ROUNDING, Math.floor(low / ROUNDING) * ROUNDING),
            Math.clamp(Math.ceil(high / ROUNDING) * ROUNDING, BESIDE_THRESHOLD, FARTHEST));
    }

    /** A threshold of nothing is met by nothing. */
    private static double share(Finding finding, double figure) {
        if (finding.atMost() > 0) {
            return figure / finding.atMost();
        }
        return figure > 0 ? FARTHEST : 0;
    }

    /** 0 at the left end, 1 at the right. */
    double position(Finding finding, double figure) {
        return position(share(finding, figure));
    }

    double position(double share) {
        return (Math.clamp(share, least, most) - least) / (most - least);
    }

    boolean isBeyond(Finding finding, double figure) {
        return share(finding, figure) > most;
    }

    /** Shares, multiples of a step that people read easily. */
    List<Double> ticks() {
        double step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && (most - least) / STEPS[i] < MOST_TICKS; i--) {
            step = STEPS[i];
        }
        double chosen = step;
        return IntStream.rangeClosed((int) Math.ceil(least / chosen - PADDING), (int) Math.floor(most / chosen + PADDING))
            .mapToObj(n -> n * chosen).toList();
    }

    static String text(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
