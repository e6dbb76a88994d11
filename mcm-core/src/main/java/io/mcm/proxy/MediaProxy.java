package io.mcm.proxy;

import static java.lang.System.Logger.Level.INFO;

import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlServer;
import io.mcm.control.MemifParam;
import io.mcm.control.PayloadType;
import io.mcm.control.SessionRefusedException;
import io.mcm.control.SessionService;
import io.mcm.control.TransferType;
import io.mcm.foreign.Errno;
import io.mcm.foreign.SystemCallException;
import io.mcm.ingest.KernelSource;
import io.mcm.ingest.KernelTransport;
import io.mcm.ingest.PacketSource;
import io.mcm.ingest.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The media proxy: serves MCM's control protocol and carries cameras' NAL units to the micro-services that ask for them. */
public final class MediaProxy implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MediaProxy.class.getName());

    /** Socket names tried where other proxies use the same run directory. */
    private static final int MAX_NAMES_TRIED = 1000;

    /** A consumer that was killed holds its port until its control connection is seen to end: that takes milliseconds, here up to 200. */
    private static final int PORT_TRIES = 10;
    private static final long PORT_PAUSE_NANOS = 20_000_000;

    private static final int MAX_PORT = 65_535;

    private final SessionConfig config;
    private final Transport transport;
    private final Worker worker = new Worker("mcm-worker", System::nanoTime);
    private final Map<Integer, Session> sessions = new ConcurrentSkipListMap<>();
    private final AtomicInteger nextName = new AtomicInteger();
    private final AtomicInteger nextId = new AtomicInteger(1);
    private ControlServer control;

    private MediaProxy(SessionConfig config, Transport transport) {
        this.config = config;
        this.transport = transport;
    }

    /** Starts a proxy on kernel sockets. */
    public static MediaProxy start(InetSocketAddress controlAddress, SessionConfig config) throws IOException {
        return start(controlAddress, config, new KernelTransport());
    }

    /**
     * Starts a proxy.
     *
     * @param transport opens the cameras' ports; the caller closes it after the proxy
     * @throws IOException naming the address, where the control port cannot be had
     */
    public static MediaProxy start(InetSocketAddress controlAddress, SessionConfig config, Transport transport) throws IOException {
        MediaProxy proxy = new MediaProxy(config, transport);
        try {
            proxy.control = ControlServer.listen(controlAddress, proxy.new Sessions());
            return proxy;
        } catch (IOException | RuntimeException e) {
            proxy.worker.close();
            throw e;
        }
    }

    /** Where it serves the control protocol. */
    public InetSocketAddress controlAddress() {
        return control.address();
    }

    /** What every running session has counted so far. */
    public Collection<SessionReport> reports() {
        return sessions.values().stream().map(SessionReport::of).toList();
    }

    @Override
    public void close() {
        control.close();
        worker.close();
    }

    /** What the control connections ask for. */
    private final class Sessions implements SessionService {

        @Override
        public int create(ConnectionParam param) throws SessionRefusedException {
            int port = checkedPort(param);
            awaitFree(port);
            int id = nextId.getAndIncrement();
            try {
                Session session = worker.call(() -> open(id, port));
                sessions.put(id, session);
                LOG.log(INFO, "session {0,number,#}: UDP {1}:{2,number,#} to {3}",
                    id, config.bind().getHostAddress(), session.port(), session.memifParam());
                return id;
            } catch (RuntimeException e) {
                throw new SessionRefusedException("UDP port " + port + ": " + e.getMessage(), e);
            }
        }

        /** Another consumer's port stays taken, which opening it will tell. */
        private void awaitFree(int port) {
            for (int tries = 0; tries < PORT_TRIES && isServed(port); tries++) {
                LockSupport.parkNanos(PORT_PAUSE_NANOS);
            }
        }

        private boolean isServed(int port) {
            return sessions.values().stream().anyMatch(session -> session.port() == port);
        }

        @Override
        public MemifParam query(int sessionId) {
            return sessions.get(sessionId).memifParam();
        }

        @Override
        public void destroy(int sessionId) {
            Session session = sessions.get(sessionId);
            worker.call(() -> {
                worker.end(session);
                return null;
            });
            // Not before: who sees that no session has the port may open it.
            sessions.remove(sessionId);
            LOG.log(INFO, "session {0,number,#} ends: {1}", sessionId, SessionReport.of(session));
        }
    }

    private static int checkedPort(ConnectionParam param) throws SessionRefusedException {
        if (param.type() != TransferType.RX) {
            throw new SessionRefusedException("transfer type " + param.type() + ": this proxy receives only (RX)");
        }
        if (param.payloadType() != PayloadType.RTSP_VIDEO) {
            throw new SessionRefusedException(
                "payload type " + param.payloadType() + ": this proxy carries H.264 only (RTSP_VIDEO)");
        }
        int port = param.local().port();
        if (port == 0) {
            throw new SessionRefusedException("local port 0: a session names the UDP port that its camera sends to, 1 to 65535");
        }
        return port;
    }

    private Session open(int id, int port) {
        PacketSource source = transport.bind(new InetSocketAddress(config.bind(), port));
        KernelSource rtcp = null;
        try {
            rtcp = config.rtcp() ? rtcpAbove(port) : null;
            Session session = open(id, source, rtcp);
            worker.begin(session);
            return session;
        } catch (RuntimeException e) {
            source.close();
            if (rtcp != null) {
                rtcp.close();
            }
            throw e;
        }
    }

    private KernelSource rtcpAbove(int port) {
        if (port == MAX_PORT) {
            throw new IllegalArgumentException("its RTCP needs the port above, of which there is none; allowed are 1 to " + (MAX_PORT - 1));
        }
        return KernelSource.bind(new InetSocketAddress(config.bind(), port + 1));
    }

    /** Under the first free name: another proxy may have its sockets in the same directory. */
    private Session open(int id, PacketSource source, KernelSource rtcp) {
        for (int tried = 1; ; tried++) {
            String name = "memif_rx_" + nextName.get();
            String path = config.runDirectory().resolve("media_proxy_rx_" + nextName.getAndIncrement() + ".sock").toString();
            try {
                return new Session(id, name, worker.reactor(), source, rtcp, path, config);
            } catch (SystemCallException e) {
                if (e.errno() != Errno.EADDRINUSE || tried == MAX_NAMES_TRIED) {
                    throw e;
                }
            }
        }
    }
}
