package io.mcm.perf.report;

import io.mcm.perf.memif.RingThroughput;
import io.mcm.perf.report.LineChart.Line;
import io.mcm.perf.report.LineChart.Point;
import io.mcm.perf.report.LineChart.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Bytes a second by size of the message, both by powers, against one thread's copies of the same messages. */
final class ThroughputChart {

    private static final double GIGA = 1e9;
    private static final int KIBI = 1 << 10;
    private static final int MEBI = 1 << 20;
    private static final int LEAST_SIZE = 48;
    private static final int MOST_SIZE = 3 << 19;

    private final double least;
    private final double most;

    private ThroughputChart(List<RingThroughput> figures) {
        least = LineChart.roundBelow(figures.stream().mapToDouble(RingThroughput::bytesPerSecond).min().orElse(1));
        most = LineChart.roundAbove(figures.stream().mapToDouble(figure -> Math.max(figure.bytesPerSecond(), figure.ceilingBytesPerSecond()))
            .max().orElse(1));
    }

    static LineChart of(List<RingThroughput> figures) {
        return new ThroughputChart(figures).chart(figures);
    }

    private LineChart chart(List<RingThroughput> figures) {
        List<Line> lines = new ArrayList<>();
        figures.stream().map(RingThroughput::burst).distinct().sorted(Comparator.reverseOrder()).forEach(burst -> lines.add(new Line(
            "memif, bursts of " + burst, false, figures.stream().filter(figure -> figure.burst() == burst).sorted(bySize()).map(this::ours).toList())));
        int widest = figures.stream().mapToInt(RingThroughput::burst).max().orElse(1);
        lines.add(new Line("ceiling: copies by one thread", true,
            figures.stream().filter(figure -> figure.burst() == widest).sorted(bySize()).map(this::ceiling).toList()));
        return new LineChart("throughput by size of the message", sizes(figures), rates(), lines);
    }

    private static Comparator<RingThroughput> bySize() {
        return Comparator.comparingInt(RingThroughput::size);
    }

    private Point ours(RingThroughput figure) {
        return new Point(x(figure.size()), y(figure.bytesPerSecond()), String.format(Locale.ROOT, "%s, bursts of %d: %s, %.2f of the ceiling",
            size(figure.size()), figure.burst(), rate(figure.bytesPerSecond()), figure.ratio()));
    }

    private Point ceiling(RingThroughput figure) {
        return new Point(x(figure.size()), y(figure.ceilingBytesPerSecond()), size(figure.size()) + ": " + rate(figure.ceilingBytesPerSecond()));
    }

    private static List<Tick> sizes(List<RingThroughput> figures) {
        return figures.stream().map(RingThroughput::size).distinct().sorted().map(size -> new Tick(x(size), size(size))).toList();
    }

    private List<Tick> rates() {
        return LineChart.decades(least, most).stream().map(rate -> new Tick(y(rate), rate(rate))).toList();
    }

    private static double x(int size) {
        return Math.log((double) size / LEAST_SIZE) / Math.log((double) MOST_SIZE / LEAST_SIZE);
    }

    private double y(double bytesPerSecond) {
        return LineChart.position(bytesPerSecond, least, most);
    }

    /** As people name them: 1500 B is no number of KiB. */
    private static String size(int size) {
        return size % KIBI != 0 ? size + " B" : size < MEBI ? size / KIBI + " KiB" : size / MEBI + " MiB";
    }

    private static String rate(double bytesPerSecond) {
        return FigureText.brief(bytesPerSecond / GIGA) + " GB/s";
    }
}
