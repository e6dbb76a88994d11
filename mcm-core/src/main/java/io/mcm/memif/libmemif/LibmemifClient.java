package io.mcm.memif.libmemif;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.PeerException;
import java.lang.foreign.Arena;
import java.util.function.LongSupplier;

/**
 * The connecting side, with one of libmemif's slaves. Whatever comes on its control socket once it is connected means that the server
 * leaves; libmemif would unmap at once, so it is not shown until {@link LibmemifInterface#close}, and what the server had published can
 * be read until then.
 */
final class LibmemifClient {

    private final LibmemifSocket socket;
    private final Connection slave;
    private LibmemifInterface connected;

    private LibmemifClient(Libmemif library, Reactor reactor, String path, MemifConfig config) {
        socket = new LibmemifSocket(library, reactor, path, config.application());
        slave = new Connection(socket, Role.SLAVE, config, () -> {});
    }

    /** As {@link io.mcm.memif.MemifEngine#connect}. */
    static LibmemifInterface connect(
        Libmemif library, Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        Limits.checkSlave(config, library.abi());
        UnixAddress address = new UnixAddress(path);
        LibmemifClient client = new LibmemifClient(library, reactor, path, config);
        try {
            client.checkReached(address);
            client.await(reactor, timeoutNanos, nanoClock);
            return client.build(config);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** memif_create succeeds also where connect(2) fails, and does not tell why: we ask ourselves. */
    private void checkReached(UnixAddress address) {
        if (!socket.isWatched()) {
            UnixSocket.connect(address).close();
            throw new PeerException("libmemif could not connect to " + address);
        }
    }

    private void await(Reactor reactor, long timeoutNanos, LongSupplier nanoClock) {
        long deadline = nanoClock.getAsLong() + timeoutNanos;
        for (long left = timeoutNanos; !slave.isUp(); left = deadline - nanoClock.getAsLong()) {
            if (slave.hasEnded()) {
                throw new PeerException("the server refused" + refusal());
            }
            if (left <= 0) {
                throw new PeerException("no answer to the memif handshake within " + timeoutNanos / 1_000_000 + " ms");
            }
            reactor.poll(left);
        }
    }

    private String refusal() {
        Details details = new Details(socket.library(), Arena.ofAuto());
        details.read(slave.handle());
        return details.error().isEmpty() ? " and did not say why" : ": " + details.error();
    }

    private LibmemifInterface build(MemifConfig config) {
        connected = new LibmemifInterface(slave, config, _ -> close());
        socket.intercept(this::serverLeft);
        return connected;
    }

    private void serverLeft() {
        socket.ignore();
        connected.end("the peer closed its control socket, or disconnected");
    }

    private void close() {
        slave.delete();
        socket.settle();
        socket.close();
    }
}
