package io.mcm.proxy.delivery;

import io.mcm.memif.TxQueue;

/**
 * Wakes a consumer again that has left units lying. libmemif looks at the ring first and reads the eventfd after that, so that it
 * sleeps on what was published in between (libmemif's main.c, memif_rx_burst); the next unit would wake it, but after the last there
 * is none. A unit that the consumer has read and holds looks the same, so each reminder waits twice as long as the one before.
 */
final class WakeReminder {

    /** Three pictures at 30 a second: a camera that sends needs no reminder. */
    static final long FIRST_NANOS = 100_000_000;

    private long publishedAt;
    private long deadline = Long.MAX_VALUE;

    void published(long nowNanos) {
        publishedAt = nowNanos;
        deadline = nowNanos + FIRST_NANOS;
    }

    void stop() {
        deadline = Long.MAX_VALUE;
    }

    /** When {@link #poll} has something to do; {@link Long#MAX_VALUE} where nothing lies in the ring: an idle proxy sleeps. */
    long deadline() {
        return deadline;
    }

    void poll(TxQueue tx, long nowNanos) {
        if (nowNanos >= deadline) {
            deadline = tx.wakeAgain() ? nowNanos + (nowNanos - publishedAt) : Long.MAX_VALUE;
        }
    }
}
