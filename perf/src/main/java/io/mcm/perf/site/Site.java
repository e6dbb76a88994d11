package io.mcm.perf.site;

import com.sun.management.ThreadMXBean;
import io.mcm.control.DeliveryUnit;
import io.mcm.ingest.KernelTransport;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.proxy.WorkerReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** So many cameras of 1 Mbit/s, one proxy and a consumer of each, in this process: one row of a table. */
public final class Site implements Callable<String> {

    public static final String HEADER = """
        | cameras | packets sent | lost before the proxy | dropped by it | units taken | latency p50 / p99, ms | worker CPU s | ns a packet \
        | longest turn, ms | latest picture, ms | descriptors |
        |---|---|---|---|---|---|---|---|---|---|---|""";

    /** Two rings of 32 buffers of 256 KiB: 17 MB of addresses a session, of which pages that are never written take no memory. */
    private static final int BUFFER_LENGTH = 1 << 18;
    private static final int LOG2_RING_SIZE = 5;
    private static final long SETTLE_MILLIS = 500;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int[] ports;
    private final int seconds;
    private final int workers;

    public Site(int cameras, int firstPort, int seconds, int workers) {
        this.ports = IntStream.range(0, cameras).map(i -> firstPort + i).toArray();
        this.seconds = seconds;
        this.workers = workers;
    }

    @Override
    public String call() throws Exception {
        Path directory = Files.createTempDirectory("mcm-site");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SessionConfig config = new SessionConfig(loopback, directory, DeliveryUnit.NALU, BUFFER_LENGTH, LOG2_RING_SIZE);
        try (MediaProxy proxy = MediaProxy.start(new InetSocketAddress(loopback, 0), config, new KernelTransport(), workers);
             SiteConsumers consumers = new SiteConsumers()) {
            consumers.connect(proxy.controlAddress(), ports);
            return measure(proxy, consumers);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private String measure(MediaProxy proxy, SiteConsumers consumers) throws Exception {
        SiteCameras cameras = new SiteCameras(ports);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> taking = thread.submit(() -> {
                consumers.run();
                return null;
            });
            long before = workerNanos();
            cameras.run(seconds);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            long worked = workerNanos() - before;
            String row = row(proxy, cameras, consumers, worked);
            consumers.stop();
            taking.get();
            return row;
        }
    }

    private String row(MediaProxy proxy, SiteCameras cameras, SiteConsumers consumers, long worked) throws IOException {
        long received = sum(proxy, "packets");
        long longest = proxy.workerReports().stream().mapToLong(WorkerReport::longestTurnNanos).max().orElse(0);
        return "| %d | %d | %d | %d | %d | %.2f / %.2f | %.2f | %d | %.1f | %.1f | %d |".formatted(
            ports.length, cameras.sent(), cameras.sent() - received, sum(proxy, "ring_full") + sum(proxy, "no_consumer"), consumers.units(),
            millis(consumers.latency().getValueAtPercentile(50)), millis(consumers.latency().getValueAtPercentile(99)), worked / 1e9,
            received == 0 ? 0 : worked / received, millis(longest), millis(cameras.latestNanos()), descriptors());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static long sum(MediaProxy proxy, String label) {
        return proxy.reports().stream().mapToLong(report -> report.counters().get(label)).sum();
    }

    private static long workerNanos() {
        return Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().startsWith("mcm-worker"))
            .mapToLong(ThreadInfo::getThreadId).map(THREADS::getThreadCpuTime).sum();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
