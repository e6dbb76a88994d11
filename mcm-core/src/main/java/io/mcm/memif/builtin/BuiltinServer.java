package io.mcm.memif.builtin;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.foreign.Timer;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.ListeningSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifServer;
import io.mcm.memif.PeerException;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The listening side: accepts, and keeps each client apart until its handshake is done. */
final class BuiltinServer implements MemifServer {

    private static final System.Logger LOG = System.getLogger(BuiltinServer.class.getName());

    /** Clients in their handshake at once, each of which takes milliseconds; past this one must go to make room. */
    private static final int MAX_HANDSHAKES = 16;
    /** No descriptor is free: the listener stays readable, and to ask it again at once would only burn the time of others. */
    private static final long ACCEPT_PAUSE_NANOS = 50_000_000;

    private final Reactor reactor;
    private final ListeningSocket listener;
    private final String application;
    private final Map<Integer, Offer> offers = new HashMap<>();
    private final Deque<Connection> handshakes = new ArrayDeque<>();
    private final Counters<MemifCounter> counters = new Counters<>(MemifCounter.class);
    /** Made before there is need: then there would be no descriptor for it. */
    private final Timer acceptAgain = new Timer();
    private final LimitedLog refusals = new LimitedLog(LOG, WARNING);
    private boolean closed;

    private BuiltinServer(Reactor reactor, ListeningSocket listener, String application) {
        this.reactor = reactor;
        this.listener = listener;
        this.application = application;
    }

    /** As {@link io.mcm.memif.MemifEngine#listen}. */
    static BuiltinServer listen(Reactor reactor, String path, String application) {
        ListeningSocket listener = ListeningSocket.open(path);
        BuiltinServer server;
        try {
            server = new BuiltinServer(reactor, listener, application);
        } catch (SystemCallException e) {
            listener.close();
            throw e;
        }
        reactor.add(server.listener.fd(), server::acceptAll);
        reactor.add(server.acceptAgain.fd(), server::resumeAccepting);
        return server;
    }

    @Override
    public void offer(MemifConfig config, ConnectionListener connectionListener) {
        if (offers.putIfAbsent(config.id(), new Offer(config, connectionListener, counters)) != null) {
            throw new IllegalArgumentException("interface id " + config.id() + " is taken on " + listener);
        }
    }

    @Override
    public void withdraw(int id) {
        Offer offer = offers.remove(id);
        if (offer != null) {
            offer.withdraw();
        }
    }

    private void acceptAll() {
        for (int accepted = 0; accepted < ListeningSocket.BACKLOG; accepted++) {
            UnixSocket socket = accept();
            if (socket == null) {
                return;
            }
            if (handshakes.size() == MAX_HANDSHAKES) {
                crowding().refuse("more than " + MAX_HANDSHAKES + " clients in their handshake", MemifCounter.CROWDED_OUT);
            }
            new Connection(new ControlChannel(socket)).open();
        }
    }

    private UnixSocket accept() {
        try {
            return listener.accept();
        } catch (SystemCallException e) {
            counters.increment(MemifCounter.ACCEPT_PAUSED);
            refusals.log(() -> "memif " + listener + ": connections wait: " + e.getMessage());
            reactor.remove(listener.fd());
            acceptAgain.set(ACCEPT_PAUSE_NANOS);
            return null;
        }
    }

    private void resumeAccepting() {
        acceptAgain.set(0);
        reactor.add(listener.fd(), this::acceptAll);
        acceptAll();
    }

    /**
     * Who must go: of the process that has most clients in their handshake, the one that came first. A flood pushes out its own, and not
     * the one client of an honest process.
     */
    private Connection crowding() {
        Map<Integer, Integer> crowds = new HashMap<>();
        handshakes.forEach(one -> crowds.merge(one.process, 1, Integer::sum));
        int most = Collections.max(crowds.values());
        return handshakes.stream().filter(one -> crowds.get(one.process) == most).findFirst().orElseThrow();
    }

    @Override
    public Counters<MemifCounter> counters() {
        return counters;
    }

    /** The interface that a client's INIT names, if it may have it. */
    private Offer admit(ControlMessage init) {
        int id = init.u32(ControlMessage.INIT_ID_OFFSET);
        Offer offer = offers.get(id);
        if (offer == null) {
            throw new PeerException("unmatched interface id " + Integer.toUnsignedString(id));
        }
        offer.checkFree();
        String secret = offer.config.secret();
        if (!secret.isEmpty() && !secret.equals(init.text(ControlMessage.INIT_SECRET_OFFSET, ControlMessage.SECRET_LENGTH))) {
            throw new PeerException("Incorrect secret");
        }
        return offer;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reactor.remove(listener.fd());
        reactor.remove(acceptAgain.fd());
        acceptAgain.close();
        while (!handshakes.isEmpty()) {
            handshakes.getFirst().refuse("server closed", MemifCounter.REFUSED);
        }
        for (Integer id : offers.keySet().toArray(Integer[]::new)) {
            withdraw(id);
        }
        listener.close();
    }

    /** An interface that clients may ask for. */
    static final class Offer {

        private final MemifConfig config;
        private final ConnectionListener listener;
        private final Counters<MemifCounter> counters;
        private final LimitedLog ends = new LimitedLog(LOG, INFO);
        private BuiltinInterface connected;
        private String withdrawn;

        Offer(MemifConfig config, ConnectionListener listener, Counters<MemifCounter> counters) {
            this.config = config;
            this.listener = listener;
            this.counters = counters;
        }

        MemifConfig config() {
            return config;
        }

        /** The client before may have died a moment ago: its control socket tells. */
        private void checkFree() {
            if (connected != null) {
                connected.onControlReadable();
            }
            if (connected != null) {
                throw new PeerException("Already connected");
            }
            if (withdrawn != null) {
                throw new PeerException(withdrawn);
            }
        }

        private void withdraw() {
            withdrawn = "interface deleted";
            if (connected != null) {
                connected.disconnect("interface deleted");
            }
        }

        private void connect(BuiltinInterface memif) {
            connected = memif;
            counters.increment(MemifCounter.CONNECTED);
            memif.onDisconnect(() -> {
                connected = null;
                counters.increment(memif.ending());
                if (memif.isPeerHostile()) {
                    withdrawn = "interface closed: a client was hostile";
                }
                ends.log(() -> "memif " + config.name() + ": " + memif.disconnectReason());
                listener.disconnected(memif, memif.disconnectReason());
            });
            try {
                listener.connected(memif);
            } catch (RuntimeException e) {
                memif.disconnect("the interface's owner failed: " + e.getMessage());
            }
        }
    }

    /** A client in its handshake. */
    private final class Connection {

        private final ControlChannel channel;
        private final ServerHandshake handshake;
        private final int process;
        private boolean refused;

        Connection(ControlChannel channel) {
            this.channel = channel;
            this.handshake = new ServerHandshake(channel, BuiltinServer.this::admit);
            this.process = channel.peerProcess();
        }

        void open() {
            handshakes.addLast(this);
            reactor.add(channel.fd(), this::onReadable);
            try {
                handshake.sendHello(application);
            } catch (PeerException e) {
                refuse(e.getMessage(), MemifCounter.REFUSED);
            }
        }

        private void onReadable() {
            try {
                ControlMessage message = channel.receive();
                if (message != null && handshake.take(message)) {
                    finish();
                }
            } catch (PeerException | SystemCallException e) {
                refuse(e.getMessage(), MemifCounter.REFUSED);
            } catch (RuntimeException e) {
                refuse(e.toString(), MemifCounter.REFUSED);
            }
        }

        private void finish() {
            handshake.offer().checkFree();
            handshake.sendConnected();
            handshakes.remove(this);
            reactor.remove(channel.fd());
            BuiltinInterface memif = handshake.build(reactor);
            reactor.add(channel.fd(), memif::onControlReadable);
            handshake.offer().connect(memif);
        }

        /** Nothing the second time: the owner of an interface may close the server from within a callback of this handshake. */
        private void refuse(String reason, MemifCounter how) {
            if (refused) {
                return;
            }
            refused = true;
            counters.increment(how);
            refusals.log(() -> "memif " + listener + ": client refused: " + reason);
            handshakes.remove(this);
            reactor.remove(channel.fd());
            channel.disconnect(reason);
            handshake.abandon();
        }
    }
}
