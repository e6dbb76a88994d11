package io.mcm.memif;

import java.lang.foreign.MemorySegment;

/**
 * The sending end of a ring. A packet is written straight into the shared buffer, and may be given up half-way:
 *
 * <pre>
 *   claim() -> write to segment() at offset() up to capacity() -> commit(length) | cancel()
 *           -> full? extend() -> write to the next buffer      -> commit(length of the last) | cancel() | retract()
 *   ... more packets ...
 *   publish()       shows the consumer all of them, and wakes it once where it sleeps
 * </pre>
 *
 * Allocates nothing, and throws for a caller's mistake only, never for a peer's. Belongs to one thread.
 */
public interface TxQueue {

    /** Buffers that can be claimed now. */
    int free();

    /** Buffers of the ring, free or not. */
    int size();

    /** Opens the next free buffer; false where the ring is full, or the peer broke a rule. */
    boolean claim();

    /** The memory that the open buffer lies in. */
    MemorySegment segment();

    /** Where in {@link #segment()} the open buffer starts. */
    long offset();

    /** Bytes of the open buffer; negative where none is open. */
    int capacity();

    /**
     * The open buffer is full: the packet goes on in the next one, which is open from here on. The packet becomes a chain, which not
     * every peer takes.
     *
     * @return false where the ring has no more; the same buffer is open as before
     * @throws IllegalStateException where none is open
     */
    boolean extend();

    /**
     * Undoes {@link #extend}: the full buffer before the open one is open again, with its bytes.
     *
     * @throws IllegalStateException where the packet has one buffer only
     */
    void retract();

    /**
     * The packet ends after {@code length} bytes of the open buffer. The peer sees it after {@link #publish}.
     *
     * @throws IllegalArgumentException for more than the buffer takes, or where none is open
     */
    void commit(int length);

    /** There is no packet: the next claim opens its first buffer again. */
    void cancel();

    /**
     * Shows the peer all committed packets.
     *
     * @return how many buffers they fill
     */
    int publish();

    /**
     * Signals once more a consumer that sleeps and has not given all buffers back: libmemif can lose a signal.
     *
     * @return whether there was reason to
     */
    boolean wakeAgain();
}
