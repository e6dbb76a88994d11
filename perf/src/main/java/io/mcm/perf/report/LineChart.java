package io.mcm.perf.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lines between two axes, whose ends are 0 (left, below) and 1; the page and the picture draw the same.
 *
 * @param label what is drawn, for those who do not see it too
 * @param up    what the upper end means
 */
record LineChart(String label, List<Tick> across, List<Tick> up, List<Line> lines) {

    /** Of powers and logarithms. */
    private static final double ROUNDING = 1e-9;

    record Tick(double at, String text) {}

    /** @param text tells the point's figures */
    record Point(double x, double y, String text) {}

    /**
     * A line of one colour.
     *
     * @param isLimit whether it is what nothing can be better than: dashed
     */
    record Line(String name, boolean isLimit, List<Point> points) {}

    /** Where a value is between two ends of an axis by powers. */
    static double position(double value, double least, double most) {
        return Math.clamp(Math.log10(value / least) / Math.log10(most / least), 0, 1);
    }

    /** The next of 1, 2, 5, 10, 20, ... below. */
    static double roundBelow(double value) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        return value >= 5 * decade ? 5 * decade : value >= 2 * decade ? 2 * decade : decade;
    }

    /** The next of 1, 2, 5, 10, 20, ... above. */
    static double roundAbove(double value) {
        double below = roundBelow(value);
        return below == value ? value : roundBelow(2.5 * below);
    }

    /** 1, 10, 100, ... of an axis. */
    static List<Double> decades(double least, double most) {
        return DoubleStream.iterate(Math.pow(10, Math.ceil(Math.log10(least) - ROUNDING)), decade -> decade <= most * (1 + ROUNDING), decade -> 10 * decade)
            .boxed().toList();
    }
}
