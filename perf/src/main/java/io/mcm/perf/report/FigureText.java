package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Interval;
import io.mcm.perf.gate.Judgement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for people: no digit that the next run would change. */
final class FigureText {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    private FigureText() {}

    /** {@code 0.012}, {@code 2.61}, {@code 14.2}, {@code 118}. */
    static String of(double figure) {
        double size = Math.abs(figure);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, figure);
    }

    static String of(Interval figure) {
        return of(figure.median()) + " (" + of(figure.low()) + " to " + of(figure.high()) + ")";
    }

    /** Three digits that say something: {@code 59}, {@code 3.78}, {@code 0.1}. */
    static String brief(double figure) {
        return BigDecimal.valueOf(figure).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** As its file has it. */
    static String limit(double atMost) {
        return BigDecimal.valueOf(atMost).stripTrailingZeros().toPlainString();
    }

    static String judgement(Judgement judgement) {
        return judgement.name().toLowerCase(Locale.ROOT);
    }

    static String headline(Judgement worst) {
        return switch (worst) {
            case PASS -> "Pass";
            case WARN -> "Pass, with a warning";
            case FAIL -> "Fail";
            case INCONCLUSIVE -> "Inconclusive";
        };
    }

    /** What to make of a run, in a sentence or two. */
    static String meaning(Run run) {
        int all = run.findings().size();
        return switch (run.worst()) {
            case PASS -> (all == 1 ? "The figure is" : "All " + all + " figures are") + " within what is allowed.";
            case WARN -> "Beyond a threshold that only warns, or perhaps beyond: " + run.count(Judgement.WARN) + " of " + all + " figures.";
            case FAIL -> "Worse than allowed, with their whole interval: " + run.count(Judgement.FAIL) + " of " + all + " figures.";
            case INCONCLUSIVE -> "For " + run.count(Judgement.INCONCLUSIVE) + " of " + all
                + " figures this machine could not tell: the rounds lie on both sides of the threshold. Run it again when less else runs, or with more rounds.";
        };
    }

    static String figure(Finding finding) {
        return of(finding.figure()) + ", at most " + limit(finding.atMost());
    }
}
