package io.mcm.sdk;

import java.lang.foreign.MemorySegment;

/**
 * A delivered unit, where the proxy wrote it. Valid until it is given back with {@link McmConnection#enqueue} or the connection is closed,
 * whatever becomes of the proxy; after that its data must not be used: another unit may lie there.
 */
public final class McmBuffer {

    private final McmConnection owner;
    private Link link;
    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int length;
    private int sequence;
    private int timestamp;
    private int ticket;
    private boolean held;

    McmBuffer(McmConnection owner) {
        this.owner = owner;
    }

    /** The unit is the link's current packet, which is held from now on. */
    void fill(Link of, int firstSequence, int firstTimestamp) {
        link = of;
        sequence = firstSequence;
        timestamp = firstTimestamp;
        ticket = of.hold();
        held = true;
    }

    void place(MemorySegment in, long at, int bytes) {
        segment = in;
        offset = at;
        length = bytes;
    }

    /**
     * The unit's memory may be used again; from now on it is not held.
     *
     * @return the link that it came over
     */
    Link giveBack(McmConnection to) {
        if (to != owner) {
            throw new IllegalArgumentException("buffer of session " + owner.sessionId() + " enqueued to session " + to.sessionId());
        }
        if (!held) {
            throw new IllegalStateException("buffer enqueued twice");
        }
        held = false;
        place(MemorySegment.NULL, 0, 0);
        return link;
    }

    int ticket() {
        return ticket;
    }

    /** RTP sequence number of the unit's first packet, 0 to 65,535. */
    public int sequence() {
        return sequence;
    }

    /** RTP timestamp of the unit's first packet, unsigned 32 bits at 90 kHz. */
    public int timestamp() {
        return timestamp;
    }

    /** Bytes of {@link #data()}. */
    public int length() {
        return length;
    }

    /**
     * The Annex B byte stream of the unit: a start code, then a NAL unit, maybe more of both. A new view with each call; who must not
     * allocate reads {@link #segment()} from {@link #offset()} on.
     */
    public MemorySegment data() {
        return segment.asSlice(offset, length);
    }

    /** The memory that the unit lies in, with others beside it. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in {@link #segment()} the unit starts. */
    public long offset() {
        return offset;
    }
}
