package io.mcm.capture;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;

/** Counts whole NAL units by type. */
final class NalUnitTally implements NalUnitSink {

    private static final int TYPES = 32;

    private final long[] ofType = new long[TYPES];
    private int type;

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        type = NalHeader.type(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        // Only whole units count, not their bytes.
    }

    @Override
    public void end() {
        ofType[type]++;
    }

    @Override
    public void abandon() {
        // Never whole.
    }

    @Override
    public void endAccessUnit() {
        // The depacketizer counts them.
    }

    /** @param type 0 to 31 */
    long units(int type) {
        return ofType[type];
    }
}
