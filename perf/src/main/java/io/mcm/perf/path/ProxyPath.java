package io.mcm.perf.path;

import io.mcm.ingest.KernelTransport;
import io.mcm.perf.site.SiteConsumers;
import io.mcm.perf.site.WorkerTime;
import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The whole proxy with one session, and its consumer on another thread, whose time does not count. */
final class ProxyPath implements PacketPath {

    private final Path directory = Files.createTempDirectory("mcm-path");
    private final MediaProxy proxy;
    private final SiteConsumers consumer = new SiteConsumers(PictureTraffic.TIME_OFFSET);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> taking;
    private final int port;

    ProxyPath(int port) throws IOException {
        this.port = port;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SessionConfig config = new SessionConfig(loopback, directory, DeliveryUnit.NALU, SessionConfig.DEFAULT_BUFFER_LENGTH,
            SessionConfig.DEFAULT_LOG2_RING_SIZE);
        proxy = MediaProxy.start(new InetSocketAddress(loopback, 0), config, new KernelTransport(), 1);
        consumer.connect(proxy.controlAddress(), new int[] {port});
        taking = thread.submit(consumer);
    }

    @Override
    public String name() {
        return "mcm proxy";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public PathFigures figures() {
        return new PathFigures(sum("packets"), WorkerTime.cpuNanos());
    }

    /** Whole NAL units that no consumer got, for whatever reason. */
    long dropped() {
        return Stream.of("ring_full", "no_consumer", "incomplete").mapToLong(this::sum).sum();
    }

    private long sum(String label) {
        return proxy.reports().stream().mapToLong(report -> report.counters().getOrDefault(label, 0L)).sum();
    }

    /** A second session begins, has its memory mapped, and ends. */
    void comeAndGo(int otherPort) throws IOException {
        McmConnection.create(ConnectionRequest.h264(otherPort).withProxy(proxy.controlAddress())).close();
    }

    /** Nanoseconds from the moment a picture was to be sent until the consumer had it. */
    Histogram latency() {
        return consumer.latency();
    }

    long units() {
        return consumer.units();
    }

    @Override
    public void close() throws IOException {
        consumer.stop();
        thread.close();
        if (taking.state() == Future.State.FAILED) {
            throw new IOException("the consumer failed", taking.exceptionNow());
        }
        consumer.close();
        proxy.close();
        Files.deleteIfExists(directory);
    }
}
