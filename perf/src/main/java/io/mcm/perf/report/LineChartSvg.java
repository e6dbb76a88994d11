package io.mcm.perf.report;

import java.util.List;
import java.util.Locale;

/** A {@link LineChart} as inline SVG; across in per cent as all charts of the page. */
final class LineChartSvg {

    private static final int HEIGHT = 320;
    private static final int TOP = 16;
    private static final int BOTTOM = 30;
    /** Of the width, in per cent, for the figures at the left and for half of the last one below. */
    private static final double LEFT = 8;
    private static final double RIGHT = 4;
    private static final double PER_CENT = 100;
    private static final double DOT = 3;
    /** Where they would be a string of pearls. */
    private static final double SMALL_DOT = 1.7;
    private static final int MANY = 15;

    private final StringBuilder svg = new StringBuilder();
    private final LineChart chart;

    private LineChartSvg(LineChart chart) {
        this.chart = chart;
    }

    static String of(LineChart chart) {
        LineChartSvg svg = new LineChartSvg(chart);
        svg.grid();
        for (int i = 0; i < chart.lines().size(); i++) {
            svg.line(chart.lines().get(i), style(chart, i));
        }
        return svg.end();
    }

    /** Of the lines, each beside a sample of its colour. */
    static String key(LineChart chart) {
        StringBuilder key = new StringBuilder("<p class=\"key\">");
        for (int i = 0; i < chart.lines().size(); i++) {
            key.append("<span><i class=\"sample ").append(style(chart, i)).append("\"></i> ").append(Page.escape(chart.lines().get(i).name()))
                .append("</span> ");
        }
        return key.append("</p>\n").toString();
    }

    private static String style(LineChart chart, int index) {
        return chart.lines().get(index).isLimit() ? "bound" : "line-" + index;
    }

    private void grid() {
        for (LineChart.Tick tick : chart.up()) {
            add("<line class=\"grid\" x1=\"0\" y1=\"%.1f\" x2=\"100%%\" y2=\"%1$.1f\"/>", y(tick.at()));
        }
        for (LineChart.Tick tick : chart.across()) {
            add("<line class=\"grid\" x1=\"%.2f%%\" y1=\"%d\" x2=\"%1$.2f%%\" y2=\"%d\"/>", x(tick.at()), TOP, HEIGHT - BOTTOM);
            add("<text x=\"%.2f%%\" y=\"%d\" text-anchor=\"%s\">%s</text>", x(tick.at()), HEIGHT - BOTTOM + 18,
                tick.at() < 0.03 ? "start" : tick.at() > 0.97 ? "end" : "middle", Page.escape(tick.text()));
        }
    }

    private void line(LineChart.Line line, String style) {
        List<LineChart.Point> points = line.points();
        for (int i = 1; i < points.size(); i++) {
            add("<line class=\"%s\" x1=\"%.2f%%\" y1=\"%.1f\" x2=\"%.2f%%\" y2=\"%.1f\"/>", style, x(points.get(i - 1).x()), y(points.get(i - 1).y()),
                x(points.get(i).x()), y(points.get(i).y()));
        }
        points.forEach(point -> add("<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>", style, x(point.x()), y(point.y()),
            points.size() > MANY ? SMALL_DOT : DOT, Page.escape(line.name() + ": " + point.text())));
    }

    private static double x(double at) {
        return LEFT + at * (PER_CENT - LEFT - RIGHT);
    }

    private static double y(double at) {
        return HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The figures of the upper axis last, so that no line crosses them. */
    private String end() {
        chart.up().forEach(tick -> add("<text class=\"up\" x=\"0\" y=\"%.1f\">%s</text>", y(tick.at()) - 3, Page.escape(tick.text())));
        return "<svg role=\"img\" width=\"100%%\" height=\"%d\" aria-label=\"%s\">\n%s</svg>\n".formatted(HEIGHT, Page.escape(chart.label()), svg);
    }
}
