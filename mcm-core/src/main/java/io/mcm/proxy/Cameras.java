package io.mcm.proxy;

import io.mcm.foreign.Errno;
import io.mcm.foreign.PeerFilter;
import io.mcm.foreign.SystemCallException;
import io.mcm.ingest.KernelSource;
import io.mcm.ingest.InterleavedSource;
import io.mcm.ingest.PacketSource;
import io.mcm.ingest.Transport;
import io.mcm.proxy.pull.CameraPull;
import io.mcm.proxy.pull.Feed;
import io.mcm.proxy.pull.Outbox;
import io.mcm.proxy.pull.PullTarget;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which camera ports are open, and which worker has each: the one that had fewest when it was opened, for as long as it is. A port opens with its
 * first session and closes with its last. Any thread may call. What takes time (sockets, buffers) is done before the worker is asked, so that its
 * other ports do not wait for it.
 */
final class Cameras implements AutoCloseable {

    /** Socket names tried where other proxies use the same run directory. */
    private static final int MAX_NAMES_TRIED = 1000;
    private static final int MAX_PORT = 65_535;

    private final SessionConfig config;
    private final Transport transport;
    private final List<Worker> workers = new ArrayList<>();
    private final Map<InetSocketAddress, Placed> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int nextName;

    private record Placed(CameraPort port, Worker worker, PeerFilter from) {}

    Cameras(SessionConfig config, Transport transport, int workerCount) {
        this.config = config;
        this.transport = transport;
        for (int i = 0; i < workerCount; i++) {
            workers.add(new Worker("mcm-worker-" + i, System::nanoTime));
        }
    }

    /**
     * Opens a session on a UDP port.
     *
     * @param local of this machine, or a multicast group's
     * @param from whose packets are taken; null for everybody's
     * @throws RuntimeException with the reason, where the port or its memif cannot be had
     */
    Session open(int id, InetSocketAddress local, PeerFilter from) {
        PullTarget pull = config.pulls().get(local.getPort());
        // Names are looked up before others have to wait for it.
        PeerFilter sender = pull == null ? from : pull.sender();
        lock.lock();
        try {
            Placed shared = open.get(local);
            Session joined = shared == null ? null : join(id, shared, pull == null ? from : shared.from);
            return joined == null ? openPort(id, local, sender, pull) : joined;
        } finally {
            lock.unlock();
        }
    }

    /** Null where the port has ended in the meantime. */
    private Session join(int id, Placed shared, PeerFilter from) {
        if (shared.port.isOpen() && !Objects.equals(shared.from, from)) {
            throw new IllegalArgumentException("packets from " + text(from) + " asked, but another session has the port for those from "
                + text(shared.from));
        }
        Session session = new Session(id, shared.port, config);
        return shared.worker.call(() -> {
            if (!shared.port.isOpen()) {
                return null;
            }
            listen(session, shared.worker);
            shared.port.join(session);
            return session;
        });
    }

    private static String text(PeerFilter from) {
        return from == null ? SenderRule.ANY.toString() : from.toString();
    }

    private Session openPort(int id, InetSocketAddress local, PeerFilter from, PullTarget pull) {
        Worker worker = workers.stream().min(Comparator.comparingInt(Worker::portCount)).orElseThrow();
        CameraPort port = pull == null ? bind(local, from, config.rtcp()) : bindPulled(local, from, pull, worker);
        Session session = new Session(id, port, config);
        worker.call(() -> {
            begin(session, worker);
            return null;
        });
        open.put(local, new Placed(port, worker, from));
        return session;
    }

    private void begin(Session session, Worker worker) {
        try {
            listen(session, worker);
            session.port().join(session);
            worker.begin(session.port());
        } catch (RuntimeException e) {
            session.port().close();
            throw e;
        }
    }

    /** Under the first free name: another proxy may have its sockets in the same directory. */
    private void listen(Session session, Worker worker) {
        for (int tried = 1; ; tried++) {
            String name = "memif_rx_" + nextName;
            String path = config.runDirectory().resolve("media_proxy_rx_" + nextName++ + ".sock").toString();
            try {
                session.listen(worker.reactor(), name, path);
                return;
            } catch (SystemCallException e) {
                if (e.errno() != Errno.EADDRINUSE || tried == MAX_NAMES_TRIED) {
                    throw e;
                }
            }
        }
    }

    /** Over UDP a port as others are, whose camera is asked to send to it. */
    private CameraPort bindPulled(InetSocketAddress local, PeerFilter from, PullTarget pull, Worker worker) {
        if (local.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException("multicast group " + local.getAddress().getHostAddress() + ": the port is fed from " + pull.url());
        }
        Outbox outbox = new Outbox();
        InterleavedSource rtp = pull.overTcp() ? interleaved(local, outbox) : null;
        InterleavedSource rtcp = pull.overTcp() ? interleaved(local, outbox) : null;
        CameraPort port = rtp == null ? bind(local, from, true) : new CameraPort(rtp, rtcp, config, System::nanoTime);
        Feed feed = new Feed(local.getAddress(), local.getPort(), rtp, rtcp, media -> worker.post(() -> port.describe(media)));
        port.pulledBy(new CameraPull(pull, feed, outbox, System::nanoTime));
        return port;
    }

    private static InterleavedSource interleaved(InetSocketAddress local, Outbox outbox) {
        return new InterleavedSource(local.getPort(), InterleavedSource.DEFAULT_CAPACITY, outbox::offer);
    }

    private CameraPort bind(InetSocketAddress local, PeerFilter from, boolean withRtcp) {
        PacketSource source = transport.bind(local, from);
        try {
            return new CameraPort(source, withRtcp ? rtcpAbove(local, from) : null, config, System::nanoTime);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private KernelSource rtcpAbove(InetSocketAddress local, PeerFilter from) {
        if (local.getPort() == MAX_PORT) {
            throw new IllegalArgumentException("its RTCP needs the port above, of which there is none; allowed are 1 to " + (MAX_PORT - 1));
        }
        InetSocketAddress above = new InetSocketAddress(local.getAddress(), local.getPort() + 1);
        return transport.bindAnswering(above, from == null ? null : from.fromAnyPort());
    }

    /** Ends a session, and with a port's last one the port. */
    void end(Session session) {
        lock.lock();
        try {
            CameraPort port = session.port();
            Placed placed = open.values().stream().filter(each -> each.port == port).findFirst().orElse(null);
            if (placed == null) {
                // It broke, its sessions ended with it, and another one has been opened since.
                return;
            }
            placed.worker.call(() -> {
                placed.worker.end(session);
                return null;
            });
            if (!port.isOpen()) {
                open.values().remove(placed);
            }
        } finally {
            lock.unlock();
        }
    }

    List<WorkerReport> workerReports() {
        return workers.stream().map(WorkerReport::of).toList();
    }

    /** Ends all sessions. Not while another thread opens one. */
    @Override
    public void close() {
        workers.forEach(Worker::close);
        open.values().stream().map(placed -> placed.port.pull()).filter(Objects::nonNull).forEach(Cameras::awaitEnd);
    }

    /** So that the process does not end before a camera was told. */
    private static void awaitEnd(CameraPull pull) {
        try {
            pull.awaitEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
