package io.mcm.sdk;

import java.lang.foreign.MemorySegment;

/**
 * A delivered unit, where the proxy wrote it. Valid until it is given back with {@link McmConnection#enqueue} or the connection ends;
 * after that its data must not be used: another unit may lie there.
 */
public final class McmBuffer {

    private final McmConnection owner;
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

    void fill(int firstSequence, int firstTimestamp, int packet) {
        sequence = firstSequence;
        timestamp = firstTimestamp;
        ticket = packet;
        held = true;
    }

    void place(MemorySegment in, long at, int bytes) {
        segment = in;
        offset = at;
        length = bytes;
    }

    /** The ticket, from now on no longer held. */
    int giveBack(McmConnection to) {
        if (to != owner) {
            throw new IllegalArgumentException("buffer of session " + owner.sessionId() + " enqueued to session " + to.sessionId());
        }
        if (!held) {
            throw new IllegalStateException("buffer enqueued twice");
        }
        held = false;
        place(MemorySegment.NULL, 0, 0);
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
