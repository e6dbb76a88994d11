package io.mcm.perf.path;

import io.mcm.perf.Footprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;

/** One fast stream for a long time, while a second session comes and goes every second: does anything grow? */
public final class Soak {

    private static final String HEADER = """
        | minute | packets sent | lost | dropped | heap KiB | descriptors | mappings | anonymous KiB | rings KiB |
        |---|---|---|---|---|---|---|---|---|""";
    /** What is judged begins here: before, the JVM compiles and rings get their pages. */
    private static final double SETTLED = 0.25;
    /** What differs from one collection to the next without any trend. */
    private static final long HEAP_SLACK_KIB = 2_048;
    /** The JVM's own, which come and go with its threads and its heap. */
    private static final long MAPPING_SLACK = 40;

    private final int port;
    private final PictureShape shape;
    private long sent;

    /** @param port of the stream; the second session takes the one above */
    public Soak(int port, PictureShape shape) {
        this.port = port;
        this.shape = shape;
    }

    /** @return whether nothing grew and nothing was lost in the proxy */
    public boolean run(int minutes, PrintWriter out) throws IOException {
        out.println(HEADER);
        Footprint settled = null;
        Footprint last = null;
        try (ProxyPath proxy = new ProxyPath(port); PictureTraffic traffic = new PictureTraffic(shape, port)) {
            for (int minute = 1; minute <= minutes; minute++) {
                playMinute(proxy, traffic);
                last = Footprint.now();
                settled = minute <= Math.max(1, SETTLED * minutes) ? last : settled;
                out.println(row(minute, proxy, last));
            }
            return judge(settled, last, proxy.dropped(), out);
        }
    }

    private void playMinute(ProxyPath proxy, PictureTraffic traffic) throws IOException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (System.nanoTime() < end) {
            proxy.comeAndGo(port + 1);
            sent += traffic.send(shape.picturesPerSecond());
        }
    }

    private String row(int minute, ProxyPath proxy, Footprint now) {
        return "| %d | %d | %d | %d | %d | %d | %d | %d | %d |".formatted(minute, sent, sent - proxy.figures().packets(), proxy.dropped(),
            now.heapKib(), now.descriptors(), now.mappings(), now.anonymousKib(), now.sharedKib());
    }

    private static boolean judge(Footprint from, Footprint to, long dropped, PrintWriter out) {
        boolean good = to.heapKib() <= from.heapKib() + HEAP_SLACK_KIB && to.descriptors() <= from.descriptors()
            && to.mappings() <= from.mappings() + MAPPING_SLACK && dropped == 0;
        out.printf("%n%s: heap %+d KiB, descriptors %+d, mappings %+d, dropped %d%n", good ? "GOOD, nothing grew" : "BAD",
            to.heapKib() - from.heapKib(), to.descriptors() - from.descriptors(), to.mappings() - from.mappings(), dropped);
        return good;
    }
}
