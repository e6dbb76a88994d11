package io.mcm.camera.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values to pixels, and where its ticks are. */
final class Scale {

    /** Steps of ticks that people read easily. */
    private static final double[] STEPS = {1, 2, 5, 10};

    private final double least;
    private final double most;
    private final boolean logarithmic;
    private final double from;
    private final double to;

    private Scale(double least, double most, boolean logarithmic, double from, double to) {
        this.least = least;
        this.most = most;
        this.logarithmic = logarithmic;
        this.from = from;
        this.to = to;
    }

    /** From 0 to {@code most}, exactly. */
    static Scale upTo(double most, double from, double to) {
        return new Scale(0, most > 0 ? most : 1, false, from, to);
    }

    /** From 0 to the next tick above. */
    static Scale roundedUpTo(double most, int ticks, double from, double to) {
        double step = step(most > 0 ? most : 1, ticks);
        return new Scale(0, Math.ceil((most > 0 ? most : 1) / step) * step, false, from, to);
    }

    /** Whole decades. */
    static Scale logarithmic(double least, double most, double from, double to) {
        double low = Math.floor(Math.log10(least));
        return new Scale(low, Math.max(low + 1, Math.ceil(Math.log10(most))), true, from, to);
    }

    double pixel(double value) {
        double at = logarithmic ? Math.log10(value) : value;
        return from + (Math.clamp(at, least, most) - least) / (most - least) * (to - from);
    }

    /** About so many. */
    List<Double> ticks(int about) {
        List<Double> ticks = new ArrayList<>();
        double step = logarithmic ? Math.max(1, Math.ceil((most - least) / about)) : step(most - least, about);
        double slack = step / 1e6;
        for (long n = Math.round(Math.ceil(least / step)); n * step <= most + slack; n++) {
            ticks.add(logarithmic ? Math.pow(10, n * step) : n * step);
        }
        return ticks;
    }

    private static double step(double range, int about) {
        double raw = range / about;
        double decade = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * decade >= raw) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    /** Without more digits than it needs: {@code 0.05}, {@code 1,500}. */
    static String text(double value) {
        String plain = String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.6f", value);
        return plain.contains(".") ? plain.replaceAll("0+$", "").replaceAll("\\.$", "") : plain;
    }
}
