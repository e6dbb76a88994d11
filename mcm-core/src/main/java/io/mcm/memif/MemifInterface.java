package io.mcm.memif;

import io.mcm.foreign.Reactor;
import java.util.ArrayList;
import java.util.List;

/**
 * A connected interface: its queues, and the control socket that tells when the peer leaves. Belongs to the thread that polls its
 * reactor.
 *
 * <p>When the connection ends a server's queues end with it, for the memory was the client's. A client keeps its own until {@link
 * #close}, so that it can read what the server had published before.
 */
public final class MemifInterface implements AutoCloseable {

    private final Role role;
    private final Reactor reactor;
    private final ControlChannel channel;
    private final Regions regions;
    private final List<Ring> rings;
    private final Fault fault;
    private final String peerName;
    private final List<TxQueue> tx = new ArrayList<>();
    private final List<RxQueue> rx = new ArrayList<>();
    private Runnable onDisconnect = () -> {};
    private String disconnectReason;

    MemifInterface(
        Role role, Reactor reactor, ControlChannel channel, Regions regions, List<Ring> rings, Fault fault, String peerName) {
        this.role = role;
        this.reactor = reactor;
        this.channel = channel;
        this.regions = regions;
        this.rings = rings;
        this.fault = fault;
        this.peerName = peerName;
    }

    void add(TxQueue queue) {
        tx.add(queue);
    }

    void add(RxQueue queue) {
        rx.add(queue);
    }

    /** Called once, when the connection has ended. */
    void onDisconnect(Runnable handler) {
        onDisconnect = handler;
    }

    public TxQueue tx(int queue) {
        return tx.get(queue);
    }

    public RxQueue rx(int queue) {
        return rx.get(queue);
    }

    public int txQueues() {
        return tx.size();
    }

    public int rxQueues() {
        return rx.size();
    }

    /** The name that the peer gave itself. */
    public String peerName() {
        return peerName;
    }

    public boolean isConnected() {
        return disconnectReason == null;
    }

    /** Null while connected. */
    public String disconnectReason() {
        return disconnectReason;
    }

    /**
     * Publishes what was committed on all queues, and disconnects a peer that was seen to break a rule. To be called at the end of
     * every turn of work on the queues; after false they must not be used.
     */
    public boolean flush() {
        for (int i = 0; isConnected() && i < tx.size(); i++) {
            tx.get(i).publish();
        }
        return checkPeer();
    }

    /** Disconnects a peer that was seen to break a rule in shared memory. */
    public boolean checkPeer() {
        if (fault.reason() != null) {
            disconnect(fault.reason());
        }
        return isConnected();
    }

    /** The control socket of a connected peer says one thing only: that it leaves. */
    void onControlReadable() {
        try {
            ControlMessage message = channel.receive();
            if (message == null) {
                return;
            }
            if (message.type() == ControlMessage.Type.DISCONNECT) {
                tearDown("the peer disconnected: "
                    + message.text(ControlMessage.DISCONNECT_TEXT_OFFSET, ControlMessage.TEXT_LENGTH));
            } else {
                disconnect("unexpected " + message.type() + " when connected");
            }
        } catch (PeerException e) {
            disconnect(e.getMessage());
        }
    }

    /** Tells the peer why and ends the connection; nothing where it has ended already. */
    public void disconnect(String reason) {
        if (isConnected()) {
            reactor.remove(channel.fd());
            channel.disconnect(reason);
            release(reason);
        }
    }

    private void tearDown(String reason) {
        if (isConnected()) {
            reactor.remove(channel.fd());
            channel.close();
            release(reason);
        }
    }

    private void release(String reason) {
        disconnectReason = reason;
        rings.forEach(ring -> reactor.remove(ring.interrupt().fd()));
        if (role == Role.SERVER) {
            freeMemory();
        }
        onDisconnect.run();
    }

    private void freeMemory() {
        rings.forEach(Ring::close);
        regions.close();
    }

    /** Disconnects and frees the memory: the queues and what they gave must not be used any more. */
    @Override
    public void close() {
        disconnect("interface closed");
        freeMemory();
    }
}
