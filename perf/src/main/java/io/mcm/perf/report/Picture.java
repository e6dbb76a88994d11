package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Judgement;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** The figures of a run against their thresholds, for people who only look; the same drawing as {@link Svg#row}. */
final class Picture {

    /** Pixels of a point, so that it is sharp where it is shown large. */
    private static final int SHARPNESS = 2;
    private static final int WIDTH = 1140;
    private static final int LEFT = 290;
    private static final int RIGHT = 290;
    private static final int TOP = 96;
    private static final int ROW = 40;
    private static final int BOTTOM = 40;
    private static final int MARGIN = 24;
    private static final int BAR = 12;
    /** The rounds shine through. */
    private static final int BAR_ALPHA = 0x90;

    private static final float[] DASHES = {4, 3};

    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x1b1f24);
    private static final Color FAINT = new Color(0x59636e);
    private static final Color GRID = new Color(0xdde2e7);
    private static final Color ROUND = new Color(0x1b, 0x1f, 0x24, 0x70);

    private final Run run;
    private final Axis axis;
    private final Graphics2D to;

    private Picture(Run run, Graphics2D to) {
        this.run = run;
        this.to = to;
        axis = Axis.of(run.findings());
    }

    static BufferedImage of(Run run) {
        List<LineChart> charts = charts(run);
        int rows = TOP + ROW * run.findings().size() + BOTTOM;
        int height = rows + (LineChartPicture.HEIGHT + MARGIN) * charts.size();
        BufferedImage image = new BufferedImage(WIDTH * SHARPNESS, height * SHARPNESS, BufferedImage.TYPE_INT_RGB);
        Graphics2D to = image.createGraphics();
        to.scale(SHARPNESS, SHARPNESS);
        to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        to.setColor(PAPER);
        to.fillRect(0, 0, WIDTH, height);
        new Picture(run, to).draw(rows);
        for (int i = 0; i < charts.size(); i++) {
            new LineChartPicture(charts.get(i), to, MARGIN, rows + (LineChartPicture.HEIGHT + MARGIN) * i, WIDTH - 2 * MARGIN).draw();
        }
        to.dispose();
        return image;
    }

    private static List<LineChart> charts(Run run) {
        List<LineChart> charts = new ArrayList<>();
        if (!run.endToEnd().latency().isEmpty()) {
            charts.add(LatencyChart.of(run.endToEnd().latency()));
        }
        if (!run.endToEnd().memif().isEmpty()) {
            charts.add(ThroughputChart.of(run.endToEnd().memif()));
        }
        return charts;
    }

    private void draw(int height) {
        font(Font.BOLD, 20);
        text(MARGIN, 36, colour(run.worst()), "mcm perf: " + FigureText.headline(run.worst()).toLowerCase(java.util.Locale.ROOT));
        font(Font.PLAIN, 12);
        text(MARGIN, 56, FAINT, "Revision " + run.revision() + ", " + run.time() + ", " + run.before().processor() + ", " + run.before().processors()
            + " processors, JDK " + run.before().jdk());
        grid(height - BOTTOM);
        List<Finding> findings = run.findings();
        for (int i = 0; i < findings.size(); i++) {
            row(findings.get(i), TOP + ROW * i + ROW / 2);
        }
        font(Font.PLAIN, 12);
        text(LEFT, height - BOTTOM / 2 + 8, FAINT, "share of the threshold; bar: 95 % interval of the median, dots: rounds");
    }

    private void grid(int bottom) {
        for (double tick : axis.ticks()) {
            to.setColor(GRID);
            to.draw(new Line2D.Double(x(tick), TOP, x(tick), bottom));
            String text = Axis.text(tick);
            text((int) (x(tick) - to.getFontMetrics().stringWidth(text) / 2.0), TOP - 8, FAINT, text);
        }
        to.setColor(colour(Judgement.FAIL));
        to.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, DASHES, 0));
        to.draw(new Line2D.Double(x(1), TOP, x(1), bottom));
    }

    private void row(Finding finding, int y) {
        font(Font.BOLD, 13);
        text(MARGIN, y + 5, INK, finding.name());
        double low = x(finding, finding.figure().low());
        double high = x(finding, finding.figure().high());
        to.setColor(translucent(colour(finding.judgement())));
        to.fill(new RoundRectangle2D.Double(low, y - BAR / 2.0, Math.max(high - low, 3), BAR, 4, 4));
        to.setColor(ROUND);
        finding.figures().forEach(round -> to.fill(new Ellipse2D.Double(x(finding, round) - 3, y - 3, 6, 6)));
        to.setColor(INK);
        to.setStroke(new BasicStroke(2));
        double median = x(finding, finding.figure().median());
        to.draw(new Line2D.Double(median, y - BAR, median, y + BAR));
        text(WIDTH - RIGHT + MARGIN, y - 2, colour(finding.judgement()), FigureText.judgement(finding.judgement()));
        font(Font.PLAIN, 12);
        text(WIDTH - RIGHT + MARGIN, y + 14, FAINT, FigureText.figure(finding));
    }

    private double x(double share) {
        return LEFT + axis.position(share) * (WIDTH - LEFT - RIGHT);
    }

    private double x(Finding finding, double figure) {
        return LEFT + axis.position(finding, figure) * (WIDTH - LEFT - RIGHT);
    }

    private void font(int style, int size) {
        to.setFont(new Font(Font.SANS_SERIF, style, size));
    }

    private void text(int x, int y, Color colour, String text) {
        to.setColor(colour);
        to.drawString(text, x, y);
    }

    private static Color translucent(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAR_ALPHA);
    }

    /** As the page has them. */
    private static Color colour(Judgement judgement) {
        return new Color(switch (judgement) {
            case PASS -> 0x17713a;
            case WARN -> 0x8a5a00;
            case FAIL -> 0xb3202c;
            case INCONCLUSIVE -> 0x7a2fa0;
        });
    }
}
