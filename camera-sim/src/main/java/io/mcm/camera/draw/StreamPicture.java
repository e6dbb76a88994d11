package io.mcm.camera.draw;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpStream;
import io.mcm.capture.StreamSelection;
import io.mcm.cli.EnvironmentException;
import io.mcm.metric.FileTrouble;
import io.mcm.rtp.Ssrc;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * One picture of one stream: packets by size and content, bit rate, sizes of access units, and pauses between packets, all over one time
 * axis; what is missing is marked through all of them.
 */
public final class StreamPicture {

    public static final int WIDTH = 1_600;
    public static final int HEIGHT = 1_130;

    private static final int LEFT = 110;
    private static final int RIGHT = 30;
    private static final int TOP = 136;
    private static final int BETWEEN = 22;
    private static final int PACKETS_HEIGHT = 290;
    private static final int OTHER_HEIGHT = 190;
    private static final int TITLE_BASE = 36;
    private static final int LINE = 22;
    private static final int LEGEND_BASE = 106;
    private static final int SWATCH = 12;
    private static final int LABEL_GAP = 5;
    private static final double DOT = 4;
    private static final int TITLE_SIZE = 20;
    private static final int TEXT_SIZE = 14;
    private static final Color BACKGROUND = new Color(0xf7f7f7);
    private static final Color TEXT = new Color(0x222222);
    static final Color LOST = new Color(0xe00030);
    private static final Color LOST_SHADE = new Color(0xe0, 0x00, 0x30, 0x50);
    private static final Color RATE = new Color(0x56b4e9);
    private static final Color PAUSE = new Color(0x44, 0x44, 0x44, 0xa0);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double KIBI = 1_024;
    /** Bins of the bit rate, at most. */
    private static final int MAX_BINS = 200;
    private static final double LEAST_BIN_SECONDS = 0.001;
    private static final double LEAST_PAUSE_MILLIS = 0.001;

    private final StreamSeries series;
    private final List<RtpStream> streams;
    private final String file;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D to = image.createGraphics();
    private final Scale time;

    private StreamPicture(StreamSeries series, List<RtpStream> streams, String file) {
        this.series = series;
        this.streams = streams;
        this.file = file;
        time = Scale.upTo(series.durationNanos() / NANOS_PER_SECOND, LEFT, WIDTH - RIGHT);
    }

    /**
     * Draws the selected streams of a capture as one: those of a camera before and after a restart.
     *
     * @throws CaptureException     if it cannot be read
     * @throws EnvironmentException if the machine has no fonts; the message says how to get some
     */
    public static BufferedImage draw(Path capture, StreamSelection selection) throws CaptureException {
        System.setProperty("java.awt.headless", "true");
        StreamSeries series = StreamSeries.read(capture, selection);
        try {
            return new StreamPicture(series, selection.streams(), capture.getFileName().toString()).draw();
        } catch (InternalError | LinkageError | NullPointerException e) {
            // What the JDK throws where fontconfig or every font is missing.
            throw new EnvironmentException("cannot draw text, the machine has no fonts: apt-get install fontconfig fonts-dejavu-core", e);
        }
    }

    /** @throws EnvironmentException if the file cannot be written */
    public static void write(BufferedImage image, Path file) {
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    private BufferedImage draw() {
        to.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        to.setColor(BACKGROUND);
        to.fillRect(0, 0, WIDTH, HEIGHT);
        title();
        legend();
        int y = TOP;
        packets(area(y, PACKETS_HEIGHT));
        y += PACKETS_HEIGHT + BETWEEN;
        rate(area(y, OTHER_HEIGHT));
        y += OTHER_HEIGHT + BETWEEN;
        pictures(area(y, OTHER_HEIGHT));
        y += OTHER_HEIGHT + BETWEEN;
        pauses(area(y, OTHER_HEIGHT));
        to.dispose();
        return image;
    }

    private static Rectangle area(int y, int height) {
        return new Rectangle(LEFT, y, WIDTH - LEFT - RIGHT, height);
    }

    private void title() {
        to.setColor(TEXT);
        to.setFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE_SIZE));
        to.drawString(file, LEFT, TITLE_BASE);
        to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, TEXT_SIZE));
        double seconds = series.durationNanos() / NANOS_PER_SECOND;
        RtpStream first = streams.getFirst();
        String sources = streams.stream().map(stream -> Ssrc.text(stream.ssrc())).collect(Collectors.joining(", then "));
        to.drawString("SSRC %s, payload type %d, %s".formatted(sources, first.payloadType(), first.flow()), LEFT, TITLE_BASE + LINE);
        to.drawString(String.format(Locale.ROOT,
            "%.3f s, %,d packets (%,d lost, %,d duplicated, %,d reordered), %,d NAL units in %,d access units, %.2f Mbit/s", seconds,
            sum(RtpStream::packets), sum(RtpStream::lost), sum(RtpStream::duplicated), sum(RtpStream::reordered), sum(RtpStream::nalUnits),
            sum(RtpStream::accessUnits), seconds > 0 ? sum(RtpStream::bytes) * Byte.SIZE / seconds / BITS_PER_MEGABIT : 0), LEFT,
            TITLE_BASE + 2 * LINE);
    }

    private long sum(ToLongFunction<RtpStream> figure) {
        return streams.stream().mapToLong(figure).sum();
    }

    private void legend() {
        int x = LEFT;
        for (UnitColour colour : UnitColour.values()) {
            x = legend(x, colour.colour(), colour.label());
        }
        legend(x, LOST, "packets lost");
    }

    private int legend(int x, Color colour, String label) {
        FontMetrics font = to.getFontMetrics();
        to.setColor(colour);
        to.fillRect(x, LEGEND_BASE - SWATCH + 1, SWATCH, SWATCH);
        to.setColor(TEXT);
        to.drawString(label, x + SWATCH + 6, LEGEND_BASE);
        return x + SWATCH + 6 + font.stringWidth(label) + 26;
    }

    private void packets(Rectangle area) {
        double longest = 0;
        for (int i = 0; i < series.count(); i++) {
            longest = Math.max(longest, series.length(i));
        }
        Plot plot = new Plot(area, time, Scale.roundedUpTo(longest, Plot.Y_TICKS, area.y + area.height, area.y));
        plot.grid(to);
        for (int i = 0; i < series.count(); i++) {
            double x = plot.x(series.nanos(i) / NANOS_PER_SECOND);
            to.setColor(series.colour(i).stem());
            to.draw(new Line2D.Double(x, plot.y(series.length(i)), x, area.y + area.height - 1.0));
        }
        losses(plot, true);
        for (int i = 0; i < series.count(); i++) {
            to.setColor(series.colour(i).colour());
            dot(plot.x(series.nanos(i) / NANOS_PER_SECOND), plot.y(series.length(i)));
        }
        plot.axes(to, "packet size (bytes)", Scale::text, null);
    }

    private void dot(double x, double y) {
        to.fill(new Rectangle2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
    }

    /** Each gap a line; above it how many packets, where there is room. */
    private void losses(Plot plot, boolean counted) {
        Rectangle area = plot.area();
        FontMetrics font = to.getFontMetrics();
        double free = area.x;
        to.setColor(counted ? LOST : LOST_SHADE);
        to.setStroke(new BasicStroke(counted ? 2 : 1));
        for (StreamSeries.Gap gap : series.gaps()) {
            double x = plot.x(gap.nanos() / NANOS_PER_SECOND);
            to.draw(new Line2D.Double(x, area.y + 1.0, x, area.y + area.height - 1.0));
            String text = String.valueOf(gap.packets());
            double left = Math.min(x - font.stringWidth(text) / 2.0, area.x + area.width - font.stringWidth(text));
            if (counted && left >= free) {
                to.drawString(text, (float) left, area.y - LABEL_GAP);
                free = left + font.stringWidth(text) + LABEL_GAP;
            }
        }
        to.setStroke(new BasicStroke(1));
    }

    private void rate(Rectangle area) {
        double seconds = Math.max(series.durationNanos() / NANOS_PER_SECOND, LEAST_BIN_SECONDS);
        double bin = binSeconds(seconds);
        double[] bits = new double[(int) (seconds / bin) + 1];
        for (int i = 0; i < series.count(); i++) {
            bits[(int) (series.nanos(i) / NANOS_PER_SECOND / bin)] += series.length(i) * (double) Byte.SIZE;
        }
        double most = 0;
        for (double each : bits) {
            most = Math.max(most, each / bin / BITS_PER_MEGABIT);
        }
        Plot plot = new Plot(area, time, Scale.roundedUpTo(most, Plot.Y_TICKS, area.y + area.height, area.y));
        plot.grid(to);
        to.setColor(RATE);
        for (int i = 0; i < bits.length; i++) {
            bar(plot, i * bin, Math.min((i + 1) * bin, seconds), bits[i] / bin / BITS_PER_MEGABIT);
        }
        losses(plot, false);
        plot.axes(to, "Mbit/s per " + Scale.text(bin * 1_000) + " ms", Scale::text, null);
    }

    private void bar(Plot plot, double from, double until, double value) {
        double bottom = plot.area().y + plot.area().height;
        to.fill(new Rectangle2D.Double(plot.x(from), plot.y(value), plot.x(until) - plot.x(from), bottom - plot.y(value)));
    }

    /** 1, 2 or 5 times a power of ten, so that there are not too many. */
    private static double binSeconds(double seconds) {
        return Math.max(LEAST_BIN_SECONDS, Scale.upTo(seconds, 0, 1).ticks(MAX_BINS).get(1));
    }

    private void pictures(Rectangle area) {
        List<StreamSeries.Picture> pictures = series.pictures();
        double most = pictures.stream().mapToLong(StreamSeries.Picture::bytes).max().orElse(1) / KIBI;
        Plot plot = new Plot(area, time, Scale.roundedUpTo(most, Plot.Y_TICKS, area.y + area.height, area.y));
        plot.grid(to);
        double width = Math.clamp((double) area.width / Math.max(1, pictures.size()) * 0.6, 1, 8);
        for (StreamSeries.Picture picture : pictures) {
            double x = plot.x(picture.nanos() / NANOS_PER_SECOND);
            double y = plot.y(picture.bytes() / KIBI);
            to.setColor((picture.idr() ? UnitColour.IDR_SLICE : UnitColour.SLICE).colour());
            to.fill(new Rectangle2D.Double(Math.min(x, area.x + area.width - width), y, width, area.y + area.height - y));
        }
        losses(plot, false);
        plot.axes(to, "access unit (KiB)", Scale::text, null);
    }

    private void pauses(Rectangle area) {
        double longest = LEAST_PAUSE_MILLIS;
        for (int i = 1; i < series.count(); i++) {
            longest = Math.max(longest, pauseMillis(i));
        }
        Plot plot = new Plot(area, time, Scale.logarithmic(LEAST_PAUSE_MILLIS, longest, area.y + area.height, area.y));
        plot.grid(to);
        to.setColor(PAUSE);
        for (int i = 1; i < series.count(); i++) {
            dot(plot.x(series.nanos(i) / NANOS_PER_SECOND), plot.y(pauseMillis(i)));
        }
        losses(plot, false);
        plot.axes(to, "since the packet before (ms)", Scale::text, "time since the first packet (s)");
    }

    private double pauseMillis(int packet) {
        return Math.max(LEAST_PAUSE_MILLIS, (series.nanos(packet) - series.nanos(packet - 1)) / NANOS_PER_MILLI);
    }
}
