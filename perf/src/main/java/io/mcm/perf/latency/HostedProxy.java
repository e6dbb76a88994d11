package io.mcm.perf.latency;

import io.mcm.control.DeliveryUnit;
import io.mcm.ingest.KernelTransport;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.proxy.delivery.DeliveryCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A proxy in this process. */
final class HostedProxy implements ProxySide {

    /** Two rings of 32 buffers of 256 KiB a session; pages that are never written take no memory. */
    private static final int BUFFER_LENGTH = 1 << 18;
    private static final int LOG2_RING_SIZE = 5;

    private final Path directory = Files.createTempDirectory("mcm-latency");
    private final MediaProxy proxy;

    HostedProxy(int workers) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SessionConfig config = new SessionConfig(loopback, directory, DeliveryUnit.NALU, BUFFER_LENGTH, LOG2_RING_SIZE);
        proxy = MediaProxy.start(new InetSocketAddress(loopback, 0), config, new KernelTransport(), workers);
    }

    @Override
    public InetSocketAddress control() {
        return proxy.controlAddress();
    }

    @Override
    public long dropped() {
        return proxy.reports().stream()
            .mapToLong(report -> report.count(DeliveryCounter.RING_FULL) + report.count(DeliveryCounter.NO_CONSUMER)).sum();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        Files.deleteIfExists(directory);
    }
}
