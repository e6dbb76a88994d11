package io.mcm.perf;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts each NAL unit into the next of 64 places, as many as the proxy's ring has: more memory than the caches near the core hold. */
public final class RingOfUnits implements NalUnitSink {

    private static final int PLACES = 64;
    private static final int PLACE_LENGTH = 128 << 10;

    private final MemorySegment memory = Arena.ofAuto().allocate((long) PLACES * PLACE_LENGTH);
    private int unit;
    private long at;
    private long bytes;

    /** Of all whole units so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        at = place();
        memory.set(ValueLayout.JAVA_BYTE, at++, (byte) header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        MemorySegment.copy(from, offset, memory, at, length);
        at += length;
    }

    @Override
    public void end() {
        bytes += at - place();
        unit++;
    }

    private long place() {
        return (long) (unit % PLACES) * PLACE_LENGTH;
    }

    @Override
    public void abandon() {
        // The next unit takes the same place.
    }

    @Override
    public void endAccessUnit() {
        // Units lie one by one.
    }
}
