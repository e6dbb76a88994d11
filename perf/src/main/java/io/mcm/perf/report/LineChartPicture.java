package io.mcm.perf.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;

/** A {@link LineChart} in {@code plots.png}; the same drawing as {@link LineChartSvg}. */
final class LineChartPicture {

    static final int HEIGHT = 360;

    private static final int TITLE = 24;
    private static final int KEY = 18;
    private static final int BOTTOM = 34;
    private static final int LEFT = 72;
    private static final float[] DASHES = {5, 4};
    private static final Color INK = new Color(0x1b1f24);
    private static final Color FAINT = new Color(0x59636e);
    private static final Color GRID = new Color(0xdde2e7);
    /** As the page has them. */
    private static final Color[] LINES = {new Color(0x0b62c4), new Color(0xc25a00), new Color(0x0a7d6c), new Color(0x8a3fb0)};

    private final LineChart chart;
    private final Graphics2D to;
    private final int x;
    private final int y;
    private final int width;

    /**
     * @param x left end of what may be drawn on
     * @param y its upper end
     */
    LineChartPicture(LineChart chart, Graphics2D to, int x, int y, int width) {
        this.chart = chart;
        this.to = to;
        this.x = x;
        this.y = y;
        this.width = width;
    }

    void draw() {
        text(x, y + TITLE - 6, INK, chart.label());
        grid();
        for (int i = 0; i < chart.lines().size(); i++) {
            LineChart.Line line = chart.lines().get(i);
            to.setColor(line.isLimit() ? FAINT : LINES[i % LINES.length]);
            to.setStroke(line.isLimit() ? new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, DASHES, 0) : new BasicStroke(2));
            to.draw(new Line2D.Double(x, keyY(i), x + KEY, keyY(i)));
            line(line.points(), line.isLimit());
            text(x + KEY + 8, keyY(i) + 4, FAINT, line.name());
        }
    }

    private int keyY(int line) {
        return y + TITLE + KEY * line + KEY / 2;
    }

    private void line(List<LineChart.Point> points, boolean isLimit) {
        for (int i = 1; i < points.size(); i++) {
            to.draw(new Line2D.Double(x(points.get(i - 1).x()), y(points.get(i - 1).y()), x(points.get(i).x()), y(points.get(i).y())));
        }
        if (!isLimit) {
            points.forEach(point -> to.fill(new Ellipse2D.Double(x(point.x()) - 3, y(point.y()) - 3, 6, 6)));
        }
    }

    private void grid() {
        to.setStroke(new BasicStroke(1));
        for (LineChart.Tick tick : chart.up()) {
            to.setColor(GRID);
            to.draw(new Line2D.Double(x(0), y(tick.at()), x(1), y(tick.at())));
            text((int) x(0) - 6 - to.getFontMetrics().stringWidth(tick.text()), (int) y(tick.at()) + 4, FAINT, tick.text());
        }
        for (LineChart.Tick tick : chart.across()) {
            to.setColor(GRID);
            to.draw(new Line2D.Double(x(tick.at()), y(0), x(tick.at()), y(1)));
            text((int) x(tick.at()) - to.getFontMetrics().stringWidth(tick.text()) / 2, y + HEIGHT - BOTTOM + 20, FAINT, tick.text());
        }
    }

    private void text(int x, int y, Color colour, String text) {
        Color before = to.getColor();
        to.setColor(colour);
        to.drawString(text, x, y);
        to.setColor(before);
    }

    private double x(double at) {
        return x + LEFT + at * (width - LEFT - 30);
    }

    private double y(double at) {
        double top = y + TITLE + (double) KEY * chart.lines().size() + 8;
        return y + HEIGHT - BOTTOM - at * (y + HEIGHT - BOTTOM - top);
    }
}
