package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;

/** One impairment in the chain. */
abstract class Stage implements TimedPacketSink {

    final Ledger ledger;
    final TimedPacketSink next;

    Stage(Ledger ledger, TimedPacketSink next) {
        this.ledger = ledger;
        this.next = next;
    }

    /** Hands on what is held. */
    void release() {
    }

    @Override
    public final void end() {
        release();
        next.end();
    }

    @Override
    public final boolean isStopped() {
        return next.isStopped();
    }
}
