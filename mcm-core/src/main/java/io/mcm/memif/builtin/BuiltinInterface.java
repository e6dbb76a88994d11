package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.memif.Fault;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.PeerException;
import java.util.ArrayList;
import java.util.List;

/** A client keeps its memory until {@link #close}, so that it can read what the server had published before the connection ended. */
final class BuiltinInterface implements MemifInterface {

    private final Role role;
    private final Reactor reactor;
    private final ControlChannel channel;
    private final Regions regions;
    private final List<Ring> rings;
    private final Fault fault;
    private final PeerNames peer;
    private final List<BuiltinTxQueue> tx = new ArrayList<>();
    private final List<BuiltinRxQueue> rx = new ArrayList<>();
    private Runnable onDisconnect = () -> {};
    private String disconnectReason;
    private MemifCounter ending;

    BuiltinInterface(
        Role role, Reactor reactor, ControlChannel channel, Regions regions, List<Ring> rings, Fault fault, PeerNames peer) {
        this.role = role;
        this.reactor = reactor;
        this.channel = channel;
        this.regions = regions;
        this.rings = rings;
        this.fault = fault;
        this.peer = peer;
    }

    void add(BuiltinTxQueue queue) {
        tx.add(queue);
    }

    void add(BuiltinRxQueue queue) {
        rx.add(queue);
    }

    /** Called once, when the connection has ended. */
    void onDisconnect(Runnable handler) {
        onDisconnect = handler;
    }

    @Override
    public BuiltinTxQueue tx(int queue) {
        return tx.get(queue);
    }

    @Override
    public BuiltinRxQueue rx(int queue) {
        return rx.get(queue);
    }

    @Override
    public int txQueues() {
        return tx.size();
    }

    @Override
    public int rxQueues() {
        return rx.size();
    }

    @Override
    public String peerName() {
        return peer.interfaceName();
    }

    @Override
    public String peerApplication() {
        return peer.application();
    }

    @Override
    public boolean isConnected() {
        return disconnectReason == null;
    }

    @Override
    public String disconnectReason() {
        return disconnectReason;
    }

    @Override
    public boolean flush() {
        for (int i = 0; isConnected() && i < tx.size(); i++) {
            tx.get(i).publish();
        }
        for (int i = 0; isConnected() && i < rx.size(); i++) {
            rx.get(i).flush();
        }
        return checkPeer();
    }

    @Override
    public boolean checkPeer() {
        if (fault.reason() != null) {
            disconnect(fault.reason(), MemifCounter.EXPELLED);
        }
        return isConnected();
    }

    /** Whether the peer was seen to do what nobody does by mistake. */
    boolean isPeerHostile() {
        return fault.isHostile();
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
                disconnect("unexpected " + message.type() + " when connected", MemifCounter.EXPELLED);
            }
        } catch (PeerException e) {
            disconnect(e.getMessage(), channel.isPeerGone() ? MemifCounter.LEFT : MemifCounter.EXPELLED);
        }
    }

    @Override
    public void disconnect(String reason) {
        disconnect(reason, MemifCounter.DISMISSED);
    }

    private void disconnect(String reason, MemifCounter how) {
        if (isConnected()) {
            reactor.remove(channel.fd());
            channel.disconnect(reason);
            release(reason, how);
        }
    }

    private void tearDown(String reason) {
        if (isConnected()) {
            reactor.remove(channel.fd());
            channel.close();
            release(reason, MemifCounter.LEFT);
        }
    }

    /** How it ended; null while connected. */
    MemifCounter ending() {
        return ending;
    }

    private void release(String reason, MemifCounter how) {
        disconnectReason = reason;
        ending = how;
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

    @Override
    public void close() {
        disconnect("interface closed");
        freeMemory();
    }
}
