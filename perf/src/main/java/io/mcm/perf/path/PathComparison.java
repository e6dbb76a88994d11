package io.mcm.perf.path;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Gives each shape of traffic to each path in turn, round after round, and prints a row with medians for each shape. */
public final class PathComparison {

    private static final String HEADER = """
        | traffic | bare loop, ns a packet | 24.09's path in C | mcm proxy | proxy / C | beyond the loop, ns | lost by loop, C, proxy | dropped by the proxy \
        | latency of a picture p50 / p99, ms |
        |---|---|---|---|---|---|---|---|---|""";
    /** Once around the rings of proxy and C program, whose pages are then there. */
    private static final int WARM_PICTURES = 70;
    private static final long SETTLE_MILLIS = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DIGITS = 3;

    private final List<PictureShape> shapes;
    private final int port;
    private final int rounds;
    private final double seconds;

    private interface Opener {
        PacketPath open() throws IOException, InterruptedException;
    }

    /** What a shape did to the paths, in the order of {@link #paths}. */
    private static final class Row {

        private final double[][] costs;
        private final long[] lost;
        private final Histogram latency = new Histogram(DIGITS);
        private long dropped;

        private Row(int paths, int rounds) {
            costs = new double[paths][rounds];
            lost = new long[paths];
        }

        private double cost(int path) {
            double[] sorted = costs[path].clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }

    /**
     * @param shapes  a row each
     * @param port    for the proxy's session
     * @param seconds of traffic for each path, in each round
     */
    public PathComparison(List<PictureShape> shapes, int port, int rounds, double seconds) {
        this.shapes = shapes;
        this.port = port;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    private List<Opener> paths() {
        return List.of(BarePath::new, UpstreamPath::start, () -> new ProxyPath(port));
    }

    /** Prints the table. */
    public void run(PrintWriter out) throws IOException, InterruptedException {
        warmUp();
        out.printf("load %.1f on %d processors; medians of %d rounds of %.1f s%n%n",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.getRuntime().availableProcessors(), rounds, seconds);
        out.println(HEADER);
        for (PictureShape shape : shapes) {
            out.println(text(shape, row(shape)));
        }
    }

    /** Not reported: the JVM compiles. */
    private void warmUp() throws IOException, InterruptedException {
        for (PictureShape shape : PictureShape.WARM_UP) {
            for (Opener opener : paths()) {
                play(shape, opener, new Row(1, 1), 0, 0);
            }
        }
    }

    private Row row(PictureShape shape) throws IOException, InterruptedException {
        List<Opener> paths = new ArrayList<>(paths());
        Row row = new Row(paths.size(), rounds);
        for (int round = 0; round < rounds; round++) {
            for (int path = 0; path < paths.size(); path++) {
                play(shape, paths.get(path), row, path, round);
            }
        }
        return row;
    }

    private void play(PictureShape shape, Opener opener, Row row, int path, int round) throws IOException, InterruptedException {
        try (PacketPath receiver = opener.open(); PictureTraffic traffic = new PictureTraffic(shape, receiver.port())) {
            traffic.send(WARM_PICTURES);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            PathFigures before = receiver.figures();
            long sent = traffic.send((int) (seconds * shape.picturesPerSecond()));
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            PathFigures figures = receiver.figures().since(before);
            row.costs[path][round] = figures.nanosPerPacket();
            row.lost[path] += sent - figures.packets();
            if (receiver instanceof ProxyPath proxy) {
                row.latency.add(proxy.latency());
                row.dropped += proxy.dropped();
            }
        }
    }

    private static String text(PictureShape shape, Row row) {
        double bare = row.cost(0);
        double upstream = row.cost(1);
        double proxy = row.cost(2);
        return "| %s | %.0f | %.0f | %.0f | %.2f | %.0f | %d, %d, %d | %d | %.2f / %.2f |".formatted(
            shape.name(), bare, upstream, proxy, proxy / upstream, proxy - bare, row.lost[0], row.lost[1], row.lost[2], row.dropped,
            row.latency.getValueAtPercentile(50) / NANOS_PER_MILLI, row.latency.getValueAtPercentile(99) / NANOS_PER_MILLI);
    }
}
