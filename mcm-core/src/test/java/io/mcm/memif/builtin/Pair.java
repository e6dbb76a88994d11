package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that offers interface 0 and a client of it, on one reactor in one thread. */
final class Pair implements ConnectionListener, AutoCloseable {

    static final long PATIENCE = 60_000_000_000L;

    final Reactor reactor = new Reactor();
    final MemifServer server;
    final String path;
    final List<String> reasons = new ArrayList<>();
    MemifInterface serverSide;
    MemifInterface clientSide;
    int connections;

    private Pair(String path) {
        this.path = path;
        server = BuiltinServer.listen(reactor, path, MemifConfig.DEFAULT_APPLICATION);
    }

    /** Not connected yet. */
    static Pair listening(String path, MemifConfig offered) {
        Pair pair = new Pair(path);
        pair.server.offer(offered, pair);
        return pair;
    }

    static Pair listening(Path dir, MemifConfig offered) {
        return listening(dir.resolve("memif.sock").toString(), offered);
    }

    static Pair connected(Path dir, MemifConfig config) {
        return connected(dir, config, config);
    }

    static Pair connected(Path dir, MemifConfig offered, MemifConfig wanted) {
        Pair pair = listening(dir, offered);
        pair.clientSide = pair.connect(wanted);
        return pair;
    }

    MemifInterface connect(MemifConfig wanted) {
        return BuiltinClient.connect(reactor, path, wanted, PATIENCE, System::nanoTime);
    }

    TxQueue tx(Role from) {
        return (from == Role.SERVER ? serverSide : clientSide).tx(0);
    }

    RxQueue rx(Role from) {
        return (from == Role.SERVER ? clientSide : serverSide).rx(0);
    }

    /** Polls until nothing happens any more. */
    void settle() {
        while (reactor.poll(0) > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void connected(MemifInterface memif) {
        serverSide = memif;
        connections++;
    }

    @Override
    public void disconnected(MemifInterface memif, String reason) {
        reasons.add(reason);
        serverSide = null;
    }

    @Override
    public void close() {
        if (clientSide != null) {
            clientSide.close();
        }
        server.close();
        reactor.close();
    }
}
