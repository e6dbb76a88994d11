package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.PeerException;
import java.util.function.LongSupplier;

/** The connecting side (memif's slave), which owns the memory. */
final class BuiltinClient {

    private final Reactor reactor;
    private final ControlChannel channel;
    private final ClientHandshake handshake;
    private BuiltinInterface connected;
    private PeerException refused;

    private BuiltinClient(Reactor reactor, ControlChannel channel, MemifConfig config) {
        this.reactor = reactor;
        this.channel = channel;
        this.handshake = new ClientHandshake(channel, config);
    }

    /**
     * Connects, polling the reactor meanwhile.
     *
     * @param timeoutNanos how long at most, by {@code nanoClock}
     * @throws io.mcm.foreign.SystemCallException where nobody listens at the path
     * @throws PeerException where the server refuses, breaks the protocol, or does not answer in time
     * @throws IllegalArgumentException where the buffers do not fit a region of 4 GiB
     */
    static BuiltinInterface connect(
        Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        config.checkBuffersFit();
        ControlChannel channel = new ControlChannel(UnixSocket.connect(new UnixAddress(path)));
        return new BuiltinClient(reactor, channel, config).handshake(timeoutNanos, nanoClock);
    }

    private BuiltinInterface handshake(long timeoutNanos, LongSupplier nanoClock) {
        long deadline = nanoClock.getAsLong() + timeoutNanos;
        reactor.add(channel.fd(), this::onReadable);
        for (long left = timeoutNanos; connected == null && refused == null; left = deadline - nanoClock.getAsLong()) {
            if (left <= 0) {
                fail(new PeerException("no answer to the memif handshake within " + timeoutNanos / 1_000_000 + " ms"));
            } else {
                poll(left);
            }
        }
        if (refused != null) {
            throw refused;
        }
        return connected;
    }

    /** The reactor's other handlers may fail; that must not leave a connection half made. */
    private void poll(long timeoutNanos) {
        try {
            reactor.poll(timeoutNanos);
        } catch (RuntimeException e) {
            if (connected != null) {
                connected.close();
            } else if (refused == null) {
                fail(new PeerException("given up: " + e));
            }
            throw e;
        }
    }

    private void onReadable() {
        try {
            ControlMessage message = channel.receive();
            if (message != null && handshake.take(message)) {
                reactor.remove(channel.fd());
                connected = handshake.build(reactor);
                reactor.add(channel.fd(), connected::onControlReadable);
            }
        } catch (PeerException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new PeerException(e.toString()));
        }
    }

    private void fail(PeerException reason) {
        refused = reason;
        reactor.remove(channel.fd());
        channel.disconnect(reason.getMessage());
        handshake.abandon();
    }
}
