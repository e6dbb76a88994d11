package io.mcm.perf.site;

import io.mcm.control.DeliveryUnit;
import io.mcm.ingest.KernelTransport;
import io.mcm.perf.Footprint;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.proxy.WorkerReport;
import java.io.IOException;
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

/** So many cameras of 1 Mbit/s, one proxy and a consumer of each, in this process: one row of a table. */
public final class Site implements Callable<String> {

    public static final String HEADER = """
        | cameras | packets sent | lost before the proxy | dropped by it | units taken | latency p50 / p99, ms | worker CPU s | ns a packet \
        | longest turn, ms | latest picture, ms | descriptors \
        | own memory a session, KiB | ring pages a session, KiB |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|""";

    /** Two rings of 32 buffers of 256 KiB: 17 MB of addresses a session, of which pages that are never written take no memory. */
    private static final int BUFFER_LENGTH = 1 << 18;
    private static final int LOG2_RING_SIZE = 5;
    private static final long SETTLE_MILLIS = 500;

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
        Footprint empty = Footprint.now();
        Path directory = Files.createTempDirectory("mcm-site");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SessionConfig config = new SessionConfig(loopback, directory, DeliveryUnit.NALU, BUFFER_LENGTH, LOG2_RING_SIZE);
        try (MediaProxy proxy = MediaProxy.start(new InetSocketAddress(loopback, 0), config, new KernelTransport(), workers);
             SiteConsumers consumers = new SiteConsumers(SiteCameras.TIME_OFFSET)) {
            consumers.connect(proxy.controlAddress(), ports);
            return measure(proxy, consumers, empty);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    private String measure(MediaProxy proxy, SiteConsumers consumers, Footprint empty) throws Exception {
        SiteCameras cameras = new SiteCameras(ports);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> taking = thread.submit(consumers);
            long before = WorkerTime.cpuNanos();
            cameras.run(seconds);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            long worked = WorkerTime.cpuNanos() - before;
            String row = row(proxy, cameras, consumers, worked, empty);
            consumers.stop();
            taking.get();
            return row;
        }
    }

    private String row(MediaProxy proxy, SiteCameras cameras, SiteConsumers consumers, long worked, Footprint empty)
        throws IOException {
        Footprint full = Footprint.now();
        long received = sum(proxy, "packets");
        long longest = proxy.workerReports().stream().mapToLong(WorkerReport::longestTurnNanos).max().orElse(0);
        return "| %d | %d | %d | %d | %d | %.2f / %.2f | %.2f | %d | %.1f | %.1f | %d | %d | %d |".formatted(
            ports.length, cameras.sent(), cameras.sent() - received, sum(proxy, "ring_full") + sum(proxy, "no_consumer"), consumers.units(),
            millis(consumers.latency().getValueAtPercentile(50)), millis(consumers.latency().getValueAtPercentile(99)), worked / 1e9,
            received == 0 ? 0 : worked / received, millis(longest), millis(cameras.latestNanos()), full.descriptors() - empty.descriptors(),
            (full.anonymousKib() - empty.anonymousKib()) / ports.length, (full.sharedKib() - empty.sharedKib()) / ports.length);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static long sum(MediaProxy proxy, String label) {
        return proxy.reports().stream().mapToLong(report -> report.counters().get(label)).sum();
    }
}
