package io.mcm.perf.site;

import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One consumer of each camera, all on one thread, which looks at each in turn. */
final class SiteConsumers implements AutoCloseable {

    private static final ValueLayout.OfLong TIME = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int START_CODE = 4;
    private static final int DIGITS = 3;
    private static final long NAP_NANOS = 500_000;

    private final List<McmConnection> connections = new ArrayList<>();
    private final Histogram latency = new Histogram(DIGITS);
    private volatile long units;
    private volatile boolean running = true;

    void connect(InetSocketAddress proxy, int[] ports) throws IOException {
        for (int port : ports) {
            connections.add(McmConnection.create(ConnectionRequest.h264(port).withProxy(proxy)));
        }
    }

    /** Nanoseconds from the intended sending of a NAL unit to its taking. */
    Histogram latency() {
        return latency;
    }

    long units() {
        return units;
    }

    /** Until {@link #stop}. */
    void run() throws IOException {
        while (running) {
            long before = units;
            for (int i = 0; i < connections.size(); i++) {
                drain(connections.get(i));
            }
            if (units == before) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    private void drain(McmConnection connection) throws IOException {
        for (McmBuffer unit = connection.dequeue(0); unit != null; unit = connection.dequeue(0)) {
            long due = unit.data().get(TIME, START_CODE + SiteCameras.TIME_OFFSET);
            latency.recordValue(Math.max(0, System.nanoTime() - due));
            units = units + 1;
            connection.enqueue(unit);
        }
    }

    void stop() {
        running = false;
    }

    @Override
    public void close() {
        connections.forEach(McmConnection::close);
    }
}
