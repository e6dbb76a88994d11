package io.mcm.memif.builtin;

import io.mcm.memif.Fault;

/**
 * Where one side stands in a ring. All indexes run freely over 16 bits.
 *
 * <pre>
 *      told        position       limit
 *   -----|------------|-------------|------
 *        |  used by us| ours to use | the peer's
 * </pre>
 *
 * The four cases differ in two offsets only. A client that produces has the whole ring beyond the server's tail; a client that
 * consumes offers its buffers again a whole ring ahead.
 *
 * <pre>
 *              limit           index told to the peer
 *   server  produces  head                 told
 *   server  consumes  head                 told
 *   client  produces  tail + size          told
 *   client  consumes  tail                 told + size
 * </pre>
 */
final class RingCursor {

    private static final int INDEX_MASK = 0xffff;

    private final Ring ring;
    private final int limitBias;
    private final int toldBias;
    private final Fault fault;
    private int told;
    private int position;
    private int limit;

    RingCursor(Ring ring, Role role, boolean produces, Fault fault) {
        this.ring = ring;
        this.fault = fault;
        boolean client = role == Role.CLIENT;
        limitBias = client && produces ? ring.size() : 0;
        toldBias = client && !produces ? ring.size() : 0;
        limit = limitBias;
    }

    /** The descriptor that is next for us. */
    int position() {
        return position;
    }

    /** Descriptors that are ours to use. Asks the peer's index only when none is known; 0 after a {@link Fault} too. */
    int available() {
        int known = distance(position, limit);
        return known != 0 ? known : availableAcquire();
    }

    /** The same, after a look at the peer's index. */
    int availableAcquire() {
        int fresh = ring.peerIndexAcquire() + limitBias & INDEX_MASK;
        int span = distance(told, fresh);
        if (span > ring.size() || span < distance(told, limit)) {
            fault.report("ring index at " + (fresh - limitBias & INDEX_MASK) + ", allowed are " + (limit - limitBias & INDEX_MASK)
                + " to " + (told + ring.size() - limitBias & INDEX_MASK));
            return 0;
        }
        limit = fresh;
        return distance(position, limit);
    }

    void advance(int descriptors) {
        position = position + descriptors & INDEX_MASK;
    }

    /** Descriptors used and not yet told to the peer. */
    int untold() {
        return distance(told, position);
    }

    /** Hands {@code descriptors} of the oldest ones to the peer, with everything written to them. */
    void tellRelease(int descriptors) {
        told = told + descriptors & INDEX_MASK;
        ring.ownIndexRelease(told + toldBias);
    }

    private static int distance(int from, int to) {
        return to - from & INDEX_MASK;
    }
}
