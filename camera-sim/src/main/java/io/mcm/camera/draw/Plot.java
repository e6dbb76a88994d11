package io.mcm.camera.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.util.function.DoubleFunction;

/** A rectangle with two scales, a grid, ticks and the names of its axes. */
final class Plot {

    private static final Color GRID = new Color(0xe4e4e4);
    private static final Color FRAME = new Color(0x909090);
    private static final Color TEXT = new Color(0x333333);
    private static final int X_TICKS = 12;
    static final int Y_TICKS = 5;
    private static final int TICK_GAP = 6;
    private static final int NAME_GAP = 70;

    private final Rectangle area;
    private final Scale x;
    private final Scale y;

    Plot(Rectangle area, Scale x, Scale y) {
        this.area = area;
        this.x = x;
        this.y = y;
    }

    double x(double value) {
        return x.pixel(value);
    }

    double y(double value) {
        return y.pixel(value);
    }

    Rectangle area() {
        return area;
    }

    /** What the data are drawn over. */
    void grid(Graphics2D to) {
        to.setColor(Color.WHITE);
        to.fill(area);
        to.setStroke(new BasicStroke(1));
        to.setColor(GRID);
        x.ticks(X_TICKS).forEach(tick -> to.drawLine((int) x(tick), area.y, (int) x(tick), area.y + area.height));
        y.ticks(Y_TICKS).forEach(tick -> to.drawLine(area.x, (int) y(tick), area.x + area.width, (int) y(tick)));
    }

    /** @param xName under the plot with its ticks, or null for neither */
    void axes(Graphics2D to, String yName, DoubleFunction<String> yText, String xName) {
        to.setStroke(new BasicStroke(1));
        to.setColor(FRAME);
        to.draw(area);
        to.setColor(TEXT);
        FontMetrics font = to.getFontMetrics();
        for (double tick : y.ticks(Y_TICKS)) {
            String text = yText.apply(tick);
            to.drawString(text, area.x - TICK_GAP - font.stringWidth(text), (int) y(tick) + font.getAscent() / 2 - 1);
        }
        name(to, yName, font);
        if (xName != null) {
            for (double tick : x.ticks(X_TICKS)) {
                String text = Scale.text(tick);
                to.drawString(text, (int) x(tick) - font.stringWidth(text) / 2, area.y + area.height + TICK_GAP + font.getAscent());
            }
            to.drawString(xName, area.x + (area.width - font.stringWidth(xName)) / 2, area.y + area.height + TICK_GAP + 2 * font.getHeight());
        }
    }

    private void name(Graphics2D to, String name, FontMetrics font) {
        AffineTransform upright = to.getTransform();
        to.rotate(-Math.PI / 2, area.x - NAME_GAP, area.getCenterY());
        to.drawString(name, (int) (area.x - NAME_GAP - font.stringWidth(name) / 2.0), (int) area.getCenterY());
        to.setTransform(upright);
    }
}
