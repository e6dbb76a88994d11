package io.mcm.conformance.mutant;

import io.mcm.memif.TxQueue;
import java.util.function.Supplier;

/** What a mutant does at the ring; has a memory of its own for each consumer. */
interface RingFault {

    Supplier<RingFault> NONE = () -> new RingFault() {};

    default boolean claim(TxQueue ring) {
        return ring.claim();
    }

    /** A unit of one buffer is whole. */
    default void commit(TxQueue ring, int length) {
        ring.commit(length);
    }

    default void cancel(TxQueue ring) {
        ring.cancel();
    }

    /** Whether what has been committed is shown now, or only with what comes next. */
    default boolean shows() {
        return true;
    }

    /** The consumer's connection is gone. */
    default void disconnected() {}
}
