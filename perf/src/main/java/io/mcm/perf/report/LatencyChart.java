package io.mcm.perf.report;

import io.mcm.perf.latency.LatencyCurve;
import io.mcm.perf.report.LineChart.Line;
import io.mcm.perf.report.LineChart.Point;
import io.mcm.perf.report.LineChart.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Percentile curves as HdrHistogram's: each further nine takes as much room as the one before; the latency by decades. */
final class LatencyChart {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;

    private final double least;
    private final double most;

    private LatencyChart(List<LatencyCurve> curves) {
        least = LineChart.roundBelow(curves.stream().mapToDouble(curve -> Math.min(curve.calibration(), curve.p50())).min().orElse(1));
        most = Math.max(10 * least, LineChart.roundAbove(curves.stream().flatMap(curve -> curve.points().stream())
            .mapToDouble(LatencyCurve.Point::micros).max().orElse(1)));
    }

    static LineChart of(List<LatencyCurve> curves) {
        return new LatencyChart(curves).chart(curves);
    }

    private LineChart chart(List<LatencyCurve> curves) {
        List<Line> lines = new ArrayList<>();
        curves.forEach(curve -> lines.add(new Line(String.format(Locale.ROOT, "%.0f pictures/s", curve.picturesPerSecond()), false,
            curve.points().stream().map(this::point).toList())));
        double floor = curves.getFirst().calibration();
        String text = "calibration: " + time(floor);
        lines.add(new Line("calibration: the packets through the kernel, two threads woken", true,
            List.of(new Point(0, y(floor), text), new Point(1, y(floor), text))));
        return new LineChart("latency by percentile", percentiles(), latencies(), lines);
    }

    private Point point(LatencyCurve.Point point) {
        return new Point(x(point.percentile()), y(point.micros()),
            String.format(Locale.ROOT, "%.2f %% within %s", point.percentile(), time(point.micros())));
    }

    private static List<Tick> percentiles() {
        List<Tick> ticks = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            ticks.add(new Tick(x(percentile), FigureText.limit(percentile) + " %"));
        }
        return ticks;
    }

    private List<Tick> latencies() {
        return LineChart.decades(least, most).stream().map(micros -> new Tick(y(micros), time(micros))).toList();
    }

    private static double x(double percentile) {
        return (nines(percentile) - nines(PERCENTILES[0])) / (nines(PERCENTILES[PERCENTILES.length - 1]) - nines(PERCENTILES[0]));
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    private double y(double micros) {
        return LineChart.position(micros, least, most);
    }

    private static String time(double micros) {
        if (micros >= MICROS_PER_SECOND) {
            return FigureText.brief(micros / MICROS_PER_SECOND) + " s";
        }
        return micros >= MICROS_PER_MILLI ? FigureText.brief(micros / MICROS_PER_MILLI) + " ms" : FigureText.brief(micros) + " µs";
    }
}
