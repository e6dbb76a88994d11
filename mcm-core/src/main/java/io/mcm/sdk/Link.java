package io.mcm.sdk;

import io.mcm.control.MemifParam;
import io.mcm.control.UnitMetadata;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A session's memif. A connection that reconnects has one after another, and an earlier one keeps its memory for as long as units in it
 * are held. Belongs to one thread at a time; {@link #wake} may be called from any.
 */
final class Link implements AutoCloseable {

    private static final int QUEUE = 0;
    /** libmemif's defaults, which a 0 in the proxy's answer stands for (MEMIF_DEFAULT_LOG2_RING_SIZE, MEMIF_DEFAULT_BUFFER_SIZE). */
    private static final int DEFAULT_LOG2_RING_SIZE = 10;
    private static final int DEFAULT_BUFFER_SIZE = 2048;

    private final ProxySession session;
    private final Reactor reactor;
    private final MemifInterface memif;
    private final MemifConfig config;
    private final RxQueue rx;
    /** Whether units come with {@link UnitMetadata}. */
    private final boolean described;
    private final long openedAt;
    private final int attempts;
    private int held;

    private Link(ProxySession session, Reactor reactor, MemifInterface memif, MemifConfig config, long openedAt, int attempts) {
        this.session = session;
        this.reactor = reactor;
        this.memif = memif;
        this.config = config;
        this.rx = memif.rx(QUEUE);
        this.described = UnitMetadata.isAnnounced(memif.peerApplication());
        this.openedAt = openedAt;
        this.attempts = attempts;
    }

    /**
     * Connects to it.
     *
     * @param attempts made to get here since the link before was lost
     * @throws IOException where the proxy does not answer, or its memif cannot be had; the session is left as it is
     */
    static Link open(ConnectionRequest request, ProxySession session, LongSupplier nanoClock, int attempts) throws IOException {
        MemifParam param = session.memif();
        Reactor reactor = new Reactor();
        try {
            MemifConfig config = config(param).withPolling(request.polling());
            long timeout = request.timeout().toNanos();
            MemifInterface memif = request.engine().connect(reactor, param.socketPath(), config, timeout, nanoClock);
            Link link = new Link(session, reactor, memif, config, nanoClock.getAsLong(), attempts);
            link.watch(request.polling());
            return link;
        } catch (SystemCallException | PeerException | IllegalArgumentException e) {
            reactor.close();
            throw new IOException("memif " + param.socketPath() + ": " + e.getMessage(), e);
        }
    }

    private static MemifConfig config(MemifParam param) {
        if (param.isMaster()) {
            throw new IllegalArgumentException("the proxy wants the micro-service to be memif's server, it must be the client");
        }
        int log2 = param.log2RingSize() == 0 ? DEFAULT_LOG2_RING_SIZE : param.log2RingSize();
        int length = param.bufferSize() == 0 ? DEFAULT_BUFFER_SIZE : param.bufferSize();
        return MemifConfig.of(param.interfaceId(), param.interfaceName(), log2, length)
            .withRings(Math.max(1, param.s2mRings()), Math.max(1, param.m2sRings()))
            .withSecret(param.secret())
            .withApplication(UnitMetadata.announce(MemifConfig.DEFAULT_APPLICATION));
    }

    private void watch(boolean polling) {
        if (!polling) {
            reactor.add(rx.interrupt().fd(), rx.interrupt()::drain);
        }
    }

    /**
     * Number of the first attempt to replace it, for {@link Backoff}. One that was up for less than the longest back-off goes on from its
     * own: a proxy that accepts and then drops us is not to be hammered.
     */
    int nextAttempt(long nowNanos, Backoff backoff) {
        return nowNanos - openedAt < backoff.longest().toNanos() ? attempts : 0;
    }

    ProxySession session() {
        return session;
    }

    MemifConfig config() {
        return config;
    }

    RxQueue rx() {
        return rx;
    }

    /** Bytes of the metadata that stands in the current packet at {@code base}; 0 where there is none, -1 for what cannot be. */
    int metadataLength(long base) {
        return described ? UnitMetadata.length(rx.segment(), base, rx.offset() + rx.length() - base) : 0;
    }

    /** False once the proxy has left, or was seen to break a rule. */
    boolean isUp() {
        return memif.checkPeer();
    }

    String lossReason() {
        return memif.disconnectReason();
    }

    void poll(long timeoutNanos) {
        reactor.poll(timeoutNanos);
    }

    void wake() {
        reactor.wake();
    }

    /** The current packet is held until its {@link #release}. */
    int hold() {
        held++;
        return rx.ticket();
    }

    void release(int ticket) {
        held--;
        rx.release(ticket);
    }

    boolean isHeld() {
        return held != 0;
    }

    /** Unmaps the memory; the session goes on. */
    @Override
    public void close() {
        memif.close();
        reactor.close();
    }
}
