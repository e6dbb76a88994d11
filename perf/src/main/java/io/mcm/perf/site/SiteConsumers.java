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
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One consumer of each camera, all on one thread, which looks at each in turn. */
public final class SiteConsumers implements Callable<Void>, AutoCloseable {

    private static final ValueLayout.OfLong TIME = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int START_CODE = 4;
    private static final int DIGITS = 3;
    private static final long NAP_NANOS = 500_000;

    private final List<McmConnection> connections = new ArrayList<>();
    private final Histogram latency = new Histogram(DIGITS);
    private final int timeOffset;
    private volatile long units;
    private volatile boolean running = true;

    /** @param timeOffset where in a NAL unit the time stands at which it was to be sent, {@link System#nanoTime()} in 8 bytes */
    public SiteConsumers(int timeOffset) {
        this.timeOffset = timeOffset;
    }

    /** @param ports of the cameras, one connection each */
    public void connect(InetSocketAddress proxy, int[] ports) throws IOException {
        for (int port : ports) {
            connections.add(McmConnection.create(ConnectionRequest.h264(port).withProxy(proxy)));
        }
    }

    /** Nanoseconds from the intended sending of a NAL unit to its taking. */
    public Histogram latency() {
        return latency;
    }

    public long units() {
        return units;
    }

    /** Until {@link #stop}. */
    @Override
    public Void call() throws IOException {
        while (running) {
            long before = units;
            for (int i = 0; i < connections.size(); i++) {
                drain(connections.get(i));
            }
            if (units == before) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        return null;
    }

    private void drain(McmConnection connection) throws IOException {
        for (McmBuffer unit = connection.dequeue(0); unit != null; unit = connection.dequeue(0)) {
            long due = unit.data().get(TIME, START_CODE + timeOffset);
            latency.recordValue(Math.max(0, System.nanoTime() - due));
            units = units + 1;
            connection.enqueue(unit);
        }
    }

    public void stop() {
        running = false;
    }

    @Override
    public void close() {
        connections.forEach(McmConnection::close);
    }
}
