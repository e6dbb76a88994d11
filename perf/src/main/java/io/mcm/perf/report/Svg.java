package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Interval;
import java.util.List;
import java.util.Locale;

/** Charts as inline SVG: across in per cent, so that they fill a phone and a desk's screen alike; colours come from the page's style. */
final class Svg {

    private static final int ROW = 34;
    private static final int TICKS = 22;
    private static final int TREND = 130;
    private static final int MARGIN = 12;
    private static final double PER_CENT = 100;
    /** A series that is flat to a twentieth is drawn flat. */
    private static final double LEAST_RANGE = 0.1;

    private final StringBuilder svg = new StringBuilder();
    private final int height;

    private Svg(int height) {
        this.height = height;
    }

    /** Over the rows: which share of its threshold is where. */
    static String ticks(Axis axis) {
        Svg svg = new Svg(TICKS);
        for (double tick : axis.ticks()) {
            double x = axis.position(tick);
            String anchor = x < 0.06 ? "start" : x > 0.94 ? "end" : "middle";
            svg.text(x, TICKS - 7, anchor, Axis.text(tick));
        }
        return svg.end("shares of the threshold");
    }

    /** The interval as a bar, its median, and each round as a dot, against the threshold. */
    static String row(Finding finding, Axis axis) {
        Svg svg = new Svg(ROW);
        axis.ticks().forEach(tick -> svg.line("grid", axis.position(tick), 0, axis.position(tick), ROW));
        svg.line("threshold", axis.position(1), 0, axis.position(1), ROW);
        Interval figure = finding.figure();
        double low = axis.position(finding, figure.low());
        double high = axis.position(finding, figure.high());
        svg.rect(finding.judgement().name(), low, high, ROW / 2.0 - 5, 10);
        finding.figures().forEach(round -> svg.circle("round", axis.position(finding, round), ROW / 2.0, 2.5));
        double median = axis.position(finding, figure.median());
        svg.line("median", median, ROW / 2.0 - 9, median, ROW / 2.0 + 9);
        if (axis.isBeyond(finding, figure.high())) {
            svg.text(1, ROW / 2.0 + 5, "end", "»");
        }
        return svg.end(finding.name() + ": " + FigureText.figure(finding));
    }

    /** Medians of the runs with their intervals, from left to right in their order; a line where the level changed. */
    static String trend(Trend trend) {
        List<Interval> figures = trend.points().stream().map(point -> point.finding().figure()).toList();
        double least = figures.stream().mapToDouble(Interval::low).min().orElse(0);
        double most = figures.stream().mapToDouble(Interval::high).max().orElse(1);
        double pad = Math.max(0, LEAST_RANGE * Math.max(most, 1e-3) - (most - least)) / 2;
        Svg svg = new Svg(TREND);
        svg.series(trend, figures, Math.max(0, least - pad), most + pad);
        return svg.end(trend.name() + " over " + figures.size() + " runs");
    }

    private void series(Trend trend, List<Interval> figures, double least, double most) {
        line("grid", 0, MARGIN, 1, MARGIN);
        line("grid", 0, height - MARGIN, 1, height - MARGIN);
        double atMost = trend.points().getLast().finding().atMost();
        if (atMost <= most) {
            line("threshold", 0, y(atMost, least, most), 1, y(atMost, least, most));
        }
        for (Trend.Change change : trend.changes()) {
            double x = (x(change.first() - 1, figures.size()) + x(change.first(), figures.size())) / 2;
            line("change", x, 0, x, height);
        }
        for (int i = 0; i < figures.size(); i++) {
            double x = x(i, figures.size());
            Interval figure = figures.get(i);
            if (i > 0) {
                line("path", x(i - 1, figures.size()), y(figures.get(i - 1).median(), least, most), x, y(figure.median(), least, most));
            }
            line("interval", x, y(figure.low(), least, most), x, y(figure.high(), least, most));
            Trend.Point point = trend.points().get(i);
            circle(point.finding().judgement().name(), x, y(figure.median(), least, most), 4,
                point.run().time() + ", " + point.run().revision() + ": " + FigureText.figure(point.finding()));
        }
        text(0, MARGIN - 2, "start", FigureText.of(most));
        text(0, height - 1, "start", FigureText.of(least));
    }

    /** Room at the left for the figures of both ends. */
    private static double x(int index, int count) {
        return 0.08 + 0.9 * (index + 0.5) / count;
    }

    private double y(double figure, double least, double most) {
        return height - MARGIN - (Math.clamp(figure, least, most) - least) / (most - least) * (height - 2 * MARGIN);
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.2f%%\" y1=\"%.1f\" x2=\"%.2f%%\" y2=\"%.1f\"/>", style, PER_CENT * x1, y1, PER_CENT * x2, y2);
    }

    private void rect(String style, double low, double high, double y, double height) {
        add("<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" height=\"%.1f\" rx=\"2\"/>", style, PER_CENT * low,
            PER_CENT * Math.max(high - low, 0.004), y, height);
    }

    private void circle(String style, double x, double y, double radius) {
        add("<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"%.1f\"/>", style, PER_CENT * x, y, radius);
    }

    private void circle(String style, double x, double y, double radius, String title) {
        add("<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>", style, PER_CENT * x, y, radius,
            Page.escape(title));
    }

    private void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.2f%%\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", PER_CENT * x, y, anchor, Page.escape(text));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** @param label for those who do not see it */
    private String end(String label) {
        return "<svg role=\"img\" width=\"100%%\" height=\"%d\" aria-label=\"%s\">\n%s</svg>\n".formatted(height, Page.escape(label), svg);
    }
}
