package io.mcm.proxy;

import static java.lang.System.Logger.Level.INFO;

import io.mcm.control.Address;
import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlServer;
import io.mcm.control.MemifParam;
import io.mcm.control.PayloadType;
import io.mcm.control.SessionRefusedException;
import io.mcm.control.SessionService;
import io.mcm.control.TransferType;
import io.mcm.foreign.PeerFilter;
import io.mcm.ingest.KernelTransport;
import io.mcm.ingest.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The media proxy: serves MCM's control protocol and carries cameras' NAL units to the micro-services that ask for them. */
public final class MediaProxy implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MediaProxy.class.getName());

    /**
     * Workers where nobody asks for another number: half of the cores, for the consumers work as hard as the proxy, and often on the same machine.
     */
    public static final int DEFAULT_WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final SessionConfig config;
    private final Cameras cameras;
    private final Map<Integer, Session> sessions = new ConcurrentSkipListMap<>();
    private final AtomicInteger nextId = new AtomicInteger(1);
    private ControlServer control;

    private MediaProxy(SessionConfig config, Transport transport, int workers) {
        this.config = config;
        cameras = new Cameras(config, transport, workers);
    }

    /** Starts a proxy on kernel sockets, with {@link #DEFAULT_WORKERS}. */
    public static MediaProxy start(InetSocketAddress controlAddress, SessionConfig config) throws IOException {
        return start(controlAddress, config, new KernelTransport(), DEFAULT_WORKERS);
    }

    /**
     * Starts a proxy.
     *
     * @param transport opens the cameras' ports; the caller closes it after the proxy
     * @param workers threads that the cameras are spread over, at least 1
     * @throws IOException naming the address, where the control port cannot be had
     */
    public static MediaProxy start(InetSocketAddress controlAddress, SessionConfig config, Transport transport, int workers) throws IOException {
        MediaProxy proxy = new MediaProxy(config, transport, workers);
        try {
            proxy.control = ControlServer.listen(controlAddress, proxy.new Sessions());
            return proxy;
        } catch (IOException | RuntimeException e) {
            proxy.cameras.close();
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

    /** The worker threads' figures so far. */
    public List<WorkerReport> workerReports() {
        return cameras.workerReports();
    }

    @Override
    public void close() {
        control.close();
        cameras.close();
    }

    /** What the control connections ask for. */
    private final class Sessions implements SessionService {

        @Override
        public int create(ConnectionParam param) throws SessionRefusedException {
            int port = checkedPort(param);
            int id = nextId.getAndIncrement();
            try {
                InetAddress local = localAddress(param.local());
                PeerFilter from = config.senders().filter(param.remote());
                Session session = cameras.open(id, new InetSocketAddress(local, port), from);
                sessions.put(id, session);
                LOG.log(INFO, "session {0,number,#}: UDP {1}:{2,number,#} from {3}, receive buffer {4,number,#} bytes, to {5}",
                    id, local.getHostAddress(), port, config.pulls().containsKey(port) ? config.pulls().get(port).url() : from == null ? SenderRule.ANY : from,
                    session.port().receiveBuffer(), session.memifParam());
                return id;
            } catch (RuntimeException e) {
                throw new SessionRefusedException("UDP port " + port + ": " + e.getMessage(), e);
            }
        }

        @Override
        public MemifParam query(int sessionId) {
            return sessions.get(sessionId).memifParam();
        }

        @Override
        public void destroy(int sessionId) {
            Session session = sessions.get(sessionId);
            cameras.end(session);
            // Not before: who sees no session any more may rely on its sockets being gone.
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

    /** The proxy's own, unless the session names a multicast group. 24.09 takes only the port of {@code local_addr}. */
    private InetAddress localAddress(Address local) {
        try {
            InetAddress named = local.ip().isEmpty() ? config.bind() : InetAddress.ofLiteral(local.ip());
            return named.isMulticastAddress() ? named : config.bind();
        } catch (IllegalArgumentException _) {
            return config.bind();
        }
    }
}
