package io.mcm.perf;

import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlClient;
import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A session created, asked for its memif and destroyed again, over TCP to a proxy in this process: microseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ControlBench {

    private static final int UDP_PORT = 20_900;
    private static final int BUFFER_LENGTH = 1 << 18;
    private static final int LOG2_RING_SIZE = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Path directory;
    private MediaProxy proxy;
    private ControlClient client;
    private ServerSocket listener;
    private Socket near;

    @Setup
    public void connect() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        directory = Files.createTempDirectory("mcm-control");
        proxy = MediaProxy.start(new InetSocketAddress(loopback, 0),
            new SessionConfig(loopback, directory, DeliveryUnit.NALU, BUFFER_LENGTH, LOG2_RING_SIZE));
        client = ControlClient.connect(proxy.controlAddress(), PATIENCE);
        listener = new ServerSocket(0, 1, loopback);
        near = new Socket(loopback, listener.getLocalPort());
        near.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(this::answer);
    }

    private void answer() {
        try (Socket far = listener.accept()) {
            far.setTcpNoDelay(true);
            for (int b = far.getInputStream().read(); b >= 0; b = far.getInputStream().read()) {
                far.getOutputStream().write(b);
            }
        } catch (IOException _) {
            // The bench is over.
        }
    }

    @TearDown
    public void disconnect() throws IOException {
        client.close();
        proxy.close();
        near.close();
        listener.close();
        Files.deleteIfExists(directory);
    }

    @Benchmark
    public int session() throws IOException {
        int id = client.create(ConnectionParam.receiveH264(UDP_PORT));
        client.query(id);
        client.destroy(id);
        return id;
    }

    /** The baseline: two questions answered by a thread that does nothing else. */
    @Benchmark
    public int twoRoundTrips() throws IOException {
        return roundTrip() + roundTrip();
    }

    private int roundTrip() throws IOException {
        near.getOutputStream().write(1);
        return near.getInputStream().read();
    }
}
