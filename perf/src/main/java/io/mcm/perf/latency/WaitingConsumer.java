package io.mcm.perf.latency;

import io.mcm.perf.path.PictureTraffic;
import io.mcm.sdk.ConnectionLostException;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** A micro-service on a thread of its own, which sleeps until the proxy wakes it (interrupt mode). */
final class WaitingConsumer implements AutoCloseable {

    private static final int DIGITS = 3;

    private final McmConnection connection;
    private final SingleWriterRecorder latency = new SingleWriterRecorder(DIGITS);
    private final Thread thread;

    WaitingConsumer(InetSocketAddress proxy, int port) throws IOException {
        connection = McmConnection.create(ConnectionRequest.h264(port).withProxy(proxy));
        thread = Thread.ofPlatform().name("consumer-" + port).start(this::take);
    }

    private void take() {
        try {
            for (McmBuffer unit = connection.dequeue(-1); unit != null; unit = connection.dequeue(-1)) {
                latency.recordValue(Math.max(0, System.nanoTime() - PictureTraffic.due(unit.data())));
                connection.enqueue(unit);
            }
        } catch (ConnectionLostException _) {
            // The rows say what is missing.
        }
    }

    /** Adds what was taken since the last call. */
    void drainTo(Histogram all) {
        all.add(latency.getIntervalHistogram());
    }

    @Override
    public void close() {
        connection.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
