package io.mcm.memif.libmemif;

import static java.lang.System.Logger.Level.INFO;

import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.ListeningSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifServer;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.util.HashMap;
import java.util.Map;

/** The listening side, with libmemif's masters on it. */
final class LibmemifServer implements MemifServer {

    private static final System.Logger LOG = System.getLogger(LibmemifServer.class.getName());

    private final ListeningSocket listener;
    private final LibmemifSocket socket;
    private final Counters<MemifCounter> counters = new Counters<>(MemifCounter.class);
    private final Map<Integer, Offer> offers = new HashMap<>();
    private boolean closed;

    private LibmemifServer(ListeningSocket listener, LibmemifSocket socket) {
        this.listener = listener;
        this.socket = socket;
    }

    /** As {@link io.mcm.memif.MemifEngine#listen}. */
    static LibmemifServer listen(Libmemif library, Reactor reactor, String path, String application) {
        ListeningSocket listener = ListeningSocket.open(path);
        LibmemifServer server = new LibmemifServer(listener, new LibmemifSocket(library, reactor, path, application));
        server.socket.listenOn(listener);
        return server;
    }

    @Override
    public void offer(MemifConfig config, ConnectionListener connectionListener) {
        Limits.check(config, socket.library().abi());
        if (offers.containsKey(config.id())) {
            throw new IllegalArgumentException("interface id " + config.id() + " is taken on " + listener);
        }
        offers.put(config.id(), new Offer(config, connectionListener));
    }

    @Override
    public void withdraw(int id) {
        Offer offer = offers.remove(id);
        if (offer != null) {
            offer.withdraw();
        }
    }

    @Override
    public Counters<MemifCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Integer id : offers.keySet().toArray(Integer[]::new)) {
            withdraw(id);
        }
        socket.close();
        listener.close();
    }

    /** An interface that clients may ask for. */
    private final class Offer {

        private final MemifConfig config;
        private final ConnectionListener connectionListener;
        private final LimitedLog ends = new LimitedLog(LOG, INFO);
        private Connection master;
        private LibmemifInterface connected;
        private boolean withdrawn;

        Offer(MemifConfig config, ConnectionListener connectionListener) {
            this.config = config;
            this.connectionListener = connectionListener;
            master = new Connection(socket, Role.MASTER, config, this::changed);
        }

        private void changed() {
            if (master.isUp() && connected == null) {
                connect();
            } else if (!master.isUp() && connected != null) {
                disconnect();
            }
        }

        private void connect() {
            try {
                connected = new LibmemifInterface(master, config, this::restart);
                counters.increment(MemifCounter.CONNECTED);
                connectionListener.connected(connected);
            } catch (RuntimeException e) {
                LOG.log(INFO, "memif {0}: {1}", config.name(), e.getMessage());
                if (connected != null) {
                    connected.end("the interface's owner failed: " + e.getMessage());
                }
                restart(connected);
            }
        }

        private void disconnect() {
            LibmemifInterface gone = connected;
            connected = null;
            counters.increment(gone.ending());
            gone.end("the peer closed its control socket, or disconnected");
            ends.log(() -> "memif " + config.name() + ": " + gone.disconnectReason());
            connectionListener.disconnected(gone, gone.disconnectReason());
        }

        /** libmemif can end a connection only together with the interface. */
        private void restart(LibmemifInterface ending) {
            if (ending == connected && !withdrawn) {
                master.delete();
                socket.settle();
                if (!withdrawn) {
                    master = new Connection(socket, Role.MASTER, config, this::changed);
                }
            }
        }

        private void withdraw() {
            withdrawn = true;
            if (connected != null) {
                connected.end("interface deleted");
            }
            master.delete();
            socket.settle();
        }
    }
}
