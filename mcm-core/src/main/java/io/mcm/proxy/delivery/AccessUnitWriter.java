package io.mcm.proxy.delivery;

import io.mcm.control.DeliveryUnit;
import io.mcm.control.UnitMetadata;
import io.mcm.h264.NalUnitOrigin;
import java.lang.foreign.MemorySegment;

/** {@link DeliveryUnit#ACCESS_UNIT}: one buffer for all whole NAL units of an access unit. */
final class AccessUnitWriter implements DeliveryStage {

    private final DeliveryBuffer buffer;
    private boolean begun;
    private int wholeUnits;
    private int unitStart;
    private int header;

    AccessUnitWriter(DeliveryBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        if (!begun) {
            begun = true;
            wholeUnits = 0;
            buffer.open(origin);
        }
        this.header = header;
        unitStart = buffer.length();
        buffer.startNalUnit(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        buffer.append(from, offset, length);
    }

    @Override
    public void end() {
        wholeUnits++;
        buffer.note().contain(header);
    }

    @Override
    public void abandon() {
        buffer.truncate(unitStart);
        leftOut();
    }

    @Override
    public void endAccessUnit() {
        if (begun) {
            begun = false;
            if (wholeUnits > 0) {
                buffer.commit();
            } else {
                buffer.cancel();
            }
        }
        buffer.note().endAccessUnit();
    }

    @Override
    public void lost(int packets) {
        buffer.note().lost(packets);
        leftOut();
    }

    @Override
    public void endStream() {
        buffer.note().beginStream();
    }

    @Override
    public int takeBack() {
        int units = begun ? wholeUnits : 0;
        if (begun) {
            begun = false;
            buffer.cancel();
        }
        leftOut();
        return units;
    }

    @Override
    public void leftOut() {
        buffer.note().leftOut();
        if (begun) {
            buffer.note().flag(UnitMetadata.INCOMPLETE);
        }
    }

    @Override
    public boolean hasFailed() {
        return buffer.hasFailed();
    }
}
