package io.mcm.memif;

/** Told by a {@link MemifServer}, on the thread that polls its reactor. */
public interface ConnectionListener {

    /** A client is connected: the queues may be used from here on. */
    void connected(MemifInterface memif);

    /** The client is gone and its memory unmapped: the queues must not be used any more. The interface waits for the next one. */
    void disconnected(MemifInterface memif, String reason);
}
