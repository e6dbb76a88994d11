package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.NalUnitOrigin;
import java.lang.foreign.MemorySegment;

/** {@link DeliveryUnit#NALU}: one buffer for each NAL unit. */
final class NalUnitWriter implements DeliveryStage {

    private final DeliveryBuffer buffer;

    NalUnitWriter(DeliveryBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        buffer.open(origin);
        buffer.startNalUnit(header);
        buffer.note().contain(header);
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
        leftOut();
    }

    @Override
    public void endAccessUnit() {
        buffer.note().endAccessUnit();
    }

    @Override
    public void lost(int packets) {
        buffer.note().lost(packets);
    }

    @Override
    public void endStream() {
        buffer.note().beginStream();
    }

    /** The NAL units are on their way already. */
    @Override
    public int takeBack() {
        return 0;
    }

    @Override
    public void leftOut() {
        buffer.note().leftOut();
    }

    @Override
    public boolean hasFailed() {
        return buffer.hasFailed();
    }
}
