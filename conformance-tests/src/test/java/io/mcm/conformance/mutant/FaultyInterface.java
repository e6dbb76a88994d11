package io.mcm.conformance.mutant;

import io.mcm.memif.MemifInterface;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;

/** A consumer's interface whose sending ring has a fault. */
final class FaultyInterface implements MemifInterface {

    private final MemifInterface builtin;
    private final RingFault fault;

    FaultyInterface(MemifInterface builtin, RingFault fault) {
        this.builtin = builtin;
        this.fault = fault;
    }

    @Override
    public TxQueue tx(int queue) {
        return new FaultyQueue(builtin.tx(queue), fault);
    }

    @Override
    public RxQueue rx(int queue) {
        return builtin.rx(queue);
    }

    @Override
    public int txQueues() {
        return builtin.txQueues();
    }

    @Override
    public int rxQueues() {
        return builtin.rxQueues();
    }

    @Override
    public String peerName() {
        return builtin.peerName();
    }

    @Override
    public String peerApplication() {
        return builtin.peerApplication();
    }

    @Override
    public boolean isConnected() {
        return builtin.isConnected();
    }

    @Override
    public String disconnectReason() {
        return builtin.disconnectReason();
    }

    @Override
    public boolean flush() {
        return fault.shows() ? builtin.flush() : builtin.checkPeer();
    }

    @Override
    public boolean checkPeer() {
        return builtin.checkPeer();
    }

    @Override
    public void disconnect(String reason) {
        builtin.disconnect(reason);
    }

    @Override
    public void close() {
        builtin.close();
    }
}
