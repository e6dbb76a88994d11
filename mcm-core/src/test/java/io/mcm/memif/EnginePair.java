package io.mcm.memif;

import io.mcm.foreign.Reactor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A server of one engine that offers an interface, and a client of another, on one reactor in one thread. */
final class EnginePair implements ConnectionListener, AutoCloseable {

    /** Which side a packet comes from. */
    enum From { SERVER, CLIENT }

    static final long PATIENCE = 60_000_000_000L;

    final Reactor reactor = new Reactor();
    final MemifServer server;
    final List<String> reasons = new ArrayList<>();
    private final MemifEngine clients;
    private final String path;
    MemifInterface serverSide;
    MemifInterface clientSide;
    int connections;

    private EnginePair(MemifEngine servers, MemifEngine clients, String path) {
        this.clients = clients;
        this.path = path;
        server = servers.listen(reactor, path);
    }

    static EnginePair listening(MemifEngine servers, MemifEngine clients, String path, MemifConfig offered) {
        EnginePair pair = new EnginePair(servers, clients, path);
        pair.server.offer(offered, pair);
        return pair;
    }

    MemifInterface connect(MemifConfig wanted) {
        clientSide = clients.connect(reactor, path, wanted, PATIENCE, System::nanoTime);
        pollUntil(() -> serverSide != null);
        return clientSide;
    }

    TxQueue tx(From from) {
        return (from == From.SERVER ? serverSide : clientSide).tx(0);
    }

    RxQueue rx(From from) {
        return (from == From.SERVER ? clientSide : serverSide).rx(0);
    }

    void pollUntil(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new AssertionError("not within " + PATIENCE / 1_000_000 + " ms");
            }
            reactor.poll(1_000_000);
        }
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
