package io.mcm.sdk;

import java.lang.foreign.MemorySegment;

/**
 * A delivered unit, where the proxy wrote it. Valid until it is given back with {@link McmConnection#enqueue} or the connection ends;
 * after that its data must not be used: another unit may lie there.
 */
public final class McmBuffer {

    private MemorySegment data = MemorySegment.NULL;
    private int sequence;
    private int timestamp;
    private int ticket;
    private boolean held;

    McmBuffer() {}

    void fill(MemorySegment bytes, int firstSequence, int firstTimestamp, int packet) {
        data = bytes;
        sequence = firstSequence;
        timestamp = firstTimestamp;
        ticket = packet;
        held = true;
    }

    /** @throws IllegalStateException where it has been given back already */
    int giveBack() {
        if (!held) {
            throw new IllegalStateException("buffer enqueued twice");
        }
        held = false;
        data = MemorySegment.NULL;
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
        return (int) data.byteSize();
    }

    /** The Annex B byte stream of the unit: a start code, then a NAL unit, maybe more of both. */
    public MemorySegment data() {
        return data;
    }
}
