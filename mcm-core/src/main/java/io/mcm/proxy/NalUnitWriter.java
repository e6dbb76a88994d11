package io.mcm.proxy;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;

/** {@link DeliveryUnit#NALU}: one buffer for each NAL unit. */
final class NalUnitWriter implements NalUnitSink {

    private final DeliveryBuffer buffer;

    NalUnitWriter(DeliveryBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        buffer.open(origin);
        buffer.startNalUnit(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        buffer.append(from, offset, length);
    }

    @Override
    public void end() {
        buffer.commit();
    }

    @Override
    public void abandon() {
        buffer.cancel();
    }

    @Override
    public void endAccessUnit() {
        // The NAL units are on their way already.
    }
}
