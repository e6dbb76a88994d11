package io.mcm.camera.source;

import java.lang.foreign.MemorySegment;

/** Takes NAL units in decoding order, an access unit at a time: {@code beginAccessUnit nalUnit* endAccessUnit}. */
public interface NalUnitSink {

    /**
     * @param timestamp of the units that follow, unsigned 32 bits, 90 kHz, from 0 at the stream's start
     * @param dueNanos when they are to be sent, since the stream's start at normal speed; never less than before
     */
    void beginAccessUnit(int timestamp, long dueNanos);

    /** How the units that follow are to be packed; who makes no packets does not listen. */
    default void packaging(Packaging packaging) {
        // Units are units.
    }

    /**
     * The next NAL unit: its header byte first, no start code. Valid during this call only.
     *
     * @throws IllegalArgumentException if RTP cannot carry it; the message says why
     */
    void nalUnit(MemorySegment segment, long offset, int length);

    void endAccessUnit();
}
