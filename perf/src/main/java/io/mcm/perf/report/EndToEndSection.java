package io.mcm.perf.report;

import io.mcm.perf.endtoend.EndToEnd;
import io.mcm.perf.latency.LatencyCurve;
import io.mcm.perf.memif.RingThroughput;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page's part on what was measured end to end: a chart and a table for each kind. */
final class EndToEndSection {

    private static final double MILLION = 1e6;
    private static final double GIGA = 1e9;

    private EndToEndSection() {}

    /** Nothing where nothing was. */
    static String of(EndToEnd measured) {
        return (measured.latency().isEmpty() ? "" : section("Latency, camera to consumer",
            "From the intended sending of a picture of 720p to its taking, open loop, through a proxy in a process of its own; consumers sleep until "
                + "they are woken. &times;: as a multiple of the calibration.",
            LatencyChart.of(measured.latency()), latencies(measured)))
            + (measured.memif().isEmpty() ? "" : section("Throughput by size",
            "One way between two processes, both polling, against copies of the same messages by one thread.",
            ThroughputChart.of(measured.memif()), rates(measured)));
    }

    private static String section(String title, String text, LineChart chart, String table) {
        return "<section><h2>%s</h2>\n<p class=\"faint\">%s</p>\n%s%s<table>%s</table></section>\n".formatted(title, text, LineChartSvg.key(chart),
            LineChartSvg.of(chart), table);
    }

    private static String latencies(EndToEnd measured) {
        return "<tr><th>pictures/s</th><th>p50, µs</th><th>&times;</th><th>p99, µs</th><th>&times;</th><th>lost</th></tr>\n"
            + measured.latency().stream().map(EndToEndSection::row).collect(Collectors.joining());
    }

    private static String row(LatencyCurve curve) {
        return String.format(Locale.ROOT, "<tr><td>%.0f</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d of %d</td></tr>%n",
            curve.picturesPerSecond(), FigureText.brief(curve.p50()), FigureText.brief(curve.p50Ratio()), FigureText.brief(curve.p99()),
            FigureText.brief(curve.p99Ratio()), curve.lost(), curve.sent());
    }

    private static String rates(EndToEnd measured) {
        return "<tr><th>bytes</th><th>bursts of</th><th>M/s</th><th>GB/s</th><th>of the ceiling</th></tr>\n"
            + measured.memif().stream().map(EndToEndSection::row).collect(Collectors.joining());
    }

    private static String row(RingThroughput figure) {
        return String.format(Locale.ROOT, "<tr><td>%d</td><td>%d</td><td>%s</td><td>%s</td><td>%.2f</td></tr>%n", figure.size(), figure.burst(),
            FigureText.brief(figure.messages() / MILLION), FigureText.brief(figure.bytesPerSecond() / GIGA), figure.ratio());
    }
}
