package io.mcm.proxy;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;

/** {@link DeliveryUnit#ACCESS_UNIT}: one buffer for all whole NAL units of an access unit. */
final class AccessUnitWriter implements NalUnitSink {

    private final DeliveryBuffer buffer;
    private boolean begun;
    private boolean hasWholeUnit;
    private int unitStart;

    AccessUnitWriter(DeliveryBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        if (!begun) {
            begun = true;
            hasWholeUnit = false;
            buffer.open(origin);
        }
        unitStart = buffer.length();
        buffer.startNalUnit(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        buffer.append(from, offset, length);
    }

    @Override
    public void end() {
        hasWholeUnit = true;
    }

    @Override
    public void abandon() {
        buffer.truncate(unitStart);
    }

    @Override
    public void endAccessUnit() {
        begun = false;
        if (hasWholeUnit) {
            buffer.commit();
        } else {
            buffer.cancel();
        }
    }
}
