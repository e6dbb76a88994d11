package io.mcm.memif;

import io.mcm.foreign.EventFd;
import java.lang.foreign.MemorySegment;

/**
 * The receiving end of a ring. Packets are read where they lie; only one that is spread over several buffers is gathered.
 *
 * <pre>
 *   next() -> read segment() at offset(), length() bytes -> keep ticket() -> ... -> release(ticket)
 * </pre>
 *
 * Several packets may be held at once and released in any order; the peer gets its buffers back in ring order. Belongs to one
 * thread.
 */
public interface RxQueue {

    /** The longest packet that is gathered. The largest unit that we send is 5,184,000 bytes; no known peer sends more. */
    int MAX_CHAIN_LENGTH = 16 << 20;

    /**
     * Readable after the peer has published, unless {@link #poll} is set. Wait on it, {@link EventFd#drain} it, then ask {@link #next}.
     * When the interface disconnects it is taken out of the interface's own reactor.
     */
    EventFd interrupt();

    /** Whether this side polls, so that the peer need not signal. To be set once, before the first packet: no peer fences a change. */
    void poll(boolean polling);

    /** Moves to the next packet; false where there is none, or the peer broke a rule. */
    boolean next();

    /** The memory that the current packet lies in. A gathered one stays there only until the next {@link #next}. */
    MemorySegment segment();

    /** Where in {@link #segment()} the current packet starts. */
    long offset();

    /** Bytes of the current packet. */
    int length();

    /** Names the current packet for {@link #release}. */
    int ticket();

    /** Whether the current packet was spread over several buffers, so that {@link #segment()} is a copy. */
    boolean isGathered();

    /**
     * Gives a packet's buffers back, as soon as all before it are given back too. The peer may be told of several at once; {@link #flush}
     * tells it now.
     *
     * @throws IllegalArgumentException for a packet that is not held
     */
    void release(int packet);

    /** Tells the peer of everything released. To be called before a wait, or else up to an eighth of the ring is kept from the peer. */
    void flush();
}
