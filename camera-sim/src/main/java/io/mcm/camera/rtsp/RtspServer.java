package io.mcm.camera.rtsp;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.camera.source.CameraSource;
import io.mcm.metric.LimitedLog;
import io.mcm.rtsp.RtspConnection;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Serves one stream to several clients (RFC 2326). A connection has a virtual thread of its own, a play a platform thread. */
public final class RtspServer implements Closeable {

    private static final LimitedLog REFUSALS = new LimitedLog(System.getLogger(RtspServer.class.getName()), WARNING);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    /** For players that come at once. */
    private static final int BACKLOG = 128;
    /** Of HMAC-SHA-256: as long as its output (RFC 2104 section 3). */
    private static final int KEY_BYTES = 32;

    private final RtspServerConfig config;
    private final LongSupplier nanoClock = System::nanoTime;
    private final RtspCounts counts = new RtspCounts();
    private final Sessions sessions;
    private final Methods methods;
    private final Optional<DigestGuard> guard;
    private final ServerSocket listening;
    private final Set<RtspConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RtspServer(RtspServerConfig config, ServedStream stream, DescribedStream described) throws IOException {
        this.config = config;
        sessions = new Sessions(stream, counts, config.maxClients(), nanoClock);
        methods = new Methods(described, config.path(), config.timeout(), sessions);
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        guard = config.credentials().map(known -> new DigestGuard(known, key, nanoClock));
        listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(config.address(), BACKLOG);
    }

    /**
     * Looks at the stream's beginning for its description, and serves from then on.
     *
     * @throws IOException where the source cannot be read or the address cannot be had
     */
    public static RtspServer start(RtspServerConfig config, ServedStream stream) throws IOException {
        DescribedStream described;
        try (CameraSource source = stream.sources().open()) {
            described = StreamProbe.of(source, stream.parameterSets());
        }
        RtspServer server = new RtspServer(config, stream, described);
        Thread.ofVirtual().name("rtsp-accept").start(server::accept);
        Thread.ofVirtual().name("rtsp-sweep").start(server::sweep);
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** What players open. */
    public String url() {
        String host = address().getAddress().getHostAddress();
        return "rtsp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address().getPort() + config.path();
    }

    /** Labels and figures so far, of all clients. */
    public Map<String, Long> counters() {
        return counts.snapshot();
    }

    /** One figure of {@link #counters}. */
    public long count(RtspCounter counter) {
        return counts.get(counter);
    }

    /** Sessions that are open. */
    public int sessions() {
        return sessions.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                admit(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    REFUSALS.log(() -> "RTSP client not accepted: " + e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Out of descriptors: until some are free again there is nothing to be gained from trying. */
    private void pause() {
        try {
            closed.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(Socket socket) throws IOException {
        if (connections.size() >= config.maxClients()) {
            counts.increment(RtspCounter.CONNECTIONS_REFUSED);
            REFUSALS.log(() -> "RTSP client " + socket.getRemoteSocketAddress() + " refused: there are " + config.maxClients() + " already");
            socket.close();
            return;
        }
        counts.increment(RtspCounter.CONNECTIONS);
        RtspConnection connection = new RtspConnection(socket, nanoClock);
        connections.add(connection);
        Thread.ofVirtual().name("rtsp-client").start(() -> serve(connection));
    }

    private void serve(RtspConnection connection) {
        try (connection) {
            new ClientConnection(connection, methods, guard, counts, new AtomicReference<>()).serve();
        } finally {
            connections.remove(connection);
            sessions.connectionEnded(connection);
        }
    }

    private void sweep() {
        try {
            while (!closed.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                sessions.sweep(config.timeout());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all plays, each with a BYE. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        sessions.endAll();
        connections.forEach(RtspConnection::close);
    }
}
