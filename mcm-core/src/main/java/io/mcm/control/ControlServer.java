package io.mcm.control;

import io.mcm.metric.LimitedLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The proxy's control port: accepts connections and gives each a virtual thread. A session belongs to the connection that
 * created it and ends with it.
 */
public final class ControlServer implements AutoCloseable {

    /** The port that the 24.09 C SDK asks when {@code MCM_MEDIA_PROXY_PORT} is not set. */
    public static final int DEFAULT_PORT = 8002;

    /** As upstream's {@code api_server_tcp.cc} listens. */
    private static final int BACKLOG = 500;
    /** After a failed accept (out of file descriptors, say), so that the failure does not become a busy loop. */
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());

    private final ServerSocket listener;
    private final SessionService service;
    private final ControlLimits limits;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LimitedLog refusals = new LimitedLog(LOG, System.Logger.Level.WARNING);
    private final CompletableFuture<Void> acceptor;

    private ControlServer(ServerSocket listener, SessionService service, ControlLimits limits) {
        this.listener = listener;
        this.service = service;
        this.limits = limits;
        this.acceptor = CompletableFuture.runAsync(this::acceptAll, threads);
    }

    /**
     * Listens at {@code address} and serves until {@link #close}. There is no authentication in the protocol: bind to loopback
     * unless the network is trusted.
     *
     * @throws IOException naming host and port, when the address cannot be had
     */
    public static ControlServer listen(InetSocketAddress address, SessionService service) throws IOException {
        return listen(address, service, ControlLimits.DEFAULT);
    }

    static ControlServer listen(InetSocketAddress address, SessionService service, ControlLimits limits) throws IOException {
        return new ControlServer(bind(address), service, limits);
    }

    /** Where it listens; the port is the real one where 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Ends every connection and session; returns when all of them have ended. Not to be called from a {@link SessionService}. */
    @Override
    public void close() {
        closeQuietly(listener);
        acceptor.join();
        open.forEach(ControlServer::closeQuietly);
        threads.close();
    }

    private static ServerSocket bind(InetSocketAddress address) throws IOException {
        String where = address.getHostString() + ":" + address.getPort();
        if (address.isUnresolved()) {
            throw new IOException("cannot listen at " + where + ": unknown host");
        }
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address, BACKLOG);
            return listener;
        } catch (IOException e) {
            closeQuietly(listener);
            throw new IOException("cannot listen at " + where + ": " + e.getMessage(), e);
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    refusals.log(() -> "cannot accept at " + address() + ": " + e.getMessage());
                    LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
                }
            }
        }
    }

    private void admit(Socket socket) {
        if (open.size() >= limits.connections()) {
            refusals.log(() -> socket.getRemoteSocketAddress() + ": already " + limits.connections() + " connections, closed");
            closeQuietly(socket);
            return;
        }
        open.add(socket);
        threads.execute(() -> serve(socket));
    }

    private void serve(Socket socket) {
        try (socket; ControlConnection connection = new ControlConnection(socket, service, limits)) {
            connection.serve();
        } catch (IOException e) {
            if (!listener.isClosed()) {
                refusals.log(() -> socket.getRemoteSocketAddress() + ": " + e.getMessage() + "; closed");
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, socket.getRemoteSocketAddress() + ": closed after a fault of ours", e);
        } finally {
            open.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "close", e);
        }
    }
}
