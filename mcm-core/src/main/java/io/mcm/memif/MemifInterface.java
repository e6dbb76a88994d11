package io.mcm.memif;

/**
 * A connected interface: its queues, and the control socket that tells when the peer leaves. Belongs to the thread that polls its
 * reactor.
 *
 * <p>When the connection ends a server's queues end with it, for the memory was the client's.
 */
public interface MemifInterface extends AutoCloseable {

    TxQueue tx(int queue);

    RxQueue rx(int queue);

    int txQueues();

    int rxQueues();

    /** The name that the peer gave the interface (CONNECT, CONNECTED). */
    String peerName();

    /** The name of the peer's program (HELLO, INIT). The C SDK of MCM gives the one that its proxy told it. */
    String peerApplication();

    boolean isConnected();

    /** Null while connected. */
    String disconnectReason();

    /**
     * Publishes what was committed on all queues, tells the peer what was released, and disconnects one that was seen to break a rule.
     * To be called at the end of every turn of work on the queues; after false they must not be used.
     */
    boolean flush();

    /** Disconnects a peer that was seen to break a rule in shared memory. */
    boolean checkPeer();

    /** Tells the peer why and ends the connection; nothing where it has ended already. */
    void disconnect(String reason);

    /** Disconnects and frees the memory: the queues and what they gave must not be used any more. */
    @Override
    void close();
}
