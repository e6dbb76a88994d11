package io.mcm.endtoend;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.proxy.SessionReport;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A proxy of this process, and what tests ask of it. */
final class Mesh implements AutoCloseable {

    static final int BUFFER = 65_536;
    static final int LOG2_RING = 4;
    /** How long a test waits for what must come; reaching it is a failure. */
    static final long PATIENCE_MILLIS = 60_000;

    final MediaProxy proxy;

    Mesh(MediaProxy proxy) {
        this.proxy = proxy;
    }

    static Mesh start(Path runDirectory, DeliveryUnit unit) throws IOException {
        return start(config(runDirectory, unit));
    }

    static SessionConfig config(Path runDirectory, DeliveryUnit unit) {
        return new SessionConfig(InetAddress.getLoopbackAddress(), runDirectory, unit, BUFFER, LOG2_RING);
    }

    static Mesh start(SessionConfig config) throws IOException {
        return new Mesh(MediaProxy.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), config));
    }

    static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    ConnectionRequest request(int port) {
        return ConnectionRequest.h264(port).withProxy(proxy.controlAddress());
    }

    McmConnection consumer(int port) throws IOException {
        return McmConnection.create(request(port));
    }

    /** A counter of the session on that UDP port. */
    long count(int port, String label) {
        return report(port).counters().get(label);
    }

    SessionReport report(int port) {
        return proxy.reports().stream().filter(report -> report.port() == port).findFirst().orElseThrow();
    }

    /** Until the proxy has handled so many packets of the camera: it counts a packet first, and then what comes of it. */
    void awaitPackets(int port, long packets) {
        await(() -> count(port, "packets") >= packets);
        await(() -> isQuiet(port));
    }

    private boolean isQuiet(int port) {
        Map<String, Long> before = report(port).counters();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        return report(port).counters().equals(before);
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come about within " + PATIENCE_MILLIS + " ms");
            }
            Thread.onSpinWait();
        }
    }

    static String hex(McmBuffer unit) {
        return HexFormat.of().formatHex(unit.data().toArray(JAVA_BYTE));
    }

    /** The next units, given back at once; fewer where no more come. */
    static List<String> take(McmConnection connection, int count) throws IOException {
        List<String> units = new ArrayList<>();
        while (units.size() < count) {
            McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
            if (unit == null) {
                return units;
            }
            units.add(hex(unit));
            connection.enqueue(unit);
        }
        return units;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
