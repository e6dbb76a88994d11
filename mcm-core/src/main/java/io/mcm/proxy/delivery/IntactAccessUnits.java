package io.mcm.proxy.delivery;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@link LossPolicy#DROP_AU}: lets an access unit through as far as it is known to be whole. The beginning of a unit is passed on with its
 * first bytes, which tell whether a slice is the first of its picture.
 */
final class IntactAccessUnits implements NalUnitSink {

    private final DeliveryStage next;
    private final Counters<DeliveryCounter> counters;
    private final NalUnitOrigin origin = new NalUnitOrigin();
    private int header;
    /** Whether it is decided what becomes of the unit that was begun, and what. */
    private boolean judged;
    private boolean passing;
    private boolean open;
    private boolean damaged;
    /** Something may be missing before what comes next: nobody saw it begin. */
    private boolean doubt = true;

    IntactAccessUnits(DeliveryStage next, Counters<DeliveryCounter> counters) {
        this.next = next;
        this.counters = counters;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        this.origin.set(origin);
        this.header = header;
        judged = false;
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        if (!judged) {
            judge(length > 0 && from.get(ValueLayout.JAVA_BYTE, offset) < 0);
        }
        if (passing) {
            next.append(from, offset, length);
        }
    }

    @Override
    public void end() {
        if (!judged) {
            judge(false);
        }
        if (passing) {
            next.end();
        } else {
            counters.increment(DeliveryCounter.DAMAGED_UNITS);
            next.leftOut();
        }
    }

    @Override
    public void abandon() {
        if (judged && passing) {
            next.abandon();
        }
        open = true;
        damage();
    }

    @Override
    public void endAccessUnit() {
        next.endAccessUnit();
        if (next.hasFailed()) {
            damage();
        }
        open = false;
        damaged = false;
    }

    @Override
    public void lost(int packets) {
        if (open) {
            damage();
        }
        doubt = true;
        next.lost(packets);
    }

    @Override
    public void endStream() {
        doubt = true;
        next.endStream();
    }

    /** @param beginsPicture for a slice: whether {@code first_mb_in_slice} is 0, a single 1 bit as Exp-Golomb code */
    private void judge(boolean beginsPicture) {
        judged = true;
        if (next.hasFailed()) {
            damage();
        }
        open = true;
        int type = NalHeader.type(header);
        if (doubt && !damaged && !(NalType.isSlice(type) ? beginsPicture && hasSliceHeader(type) : precedesSlices(type))) {
            damage();
        }
        doubt = doubt && !damaged && !NalType.isSlice(type);
        passing = !damaged;
        if (passing) {
            next.begin(origin, header);
        }
    }

    /** Of an access unit that is open; else the next stage alone is concerned. */
    private void damage() {
        if (damaged) {
            return;
        }
        if (open) {
            damaged = true;
            counters.increment(DeliveryCounter.DAMAGED_ACCESS_UNITS);
        }
        counters.add(DeliveryCounter.DAMAGED_UNITS, next.takeBack());
    }

    private static boolean hasSliceHeader(int type) {
        return type == NalType.SLICE || type == NalType.PARTITION_A || type == NalType.IDR_SLICE;
    }

    /** Whatever they leave open the first slice tells. */
    private static boolean precedesSlices(int type) {
        return type >= NalType.SEI && type <= NalType.ACCESS_UNIT_DELIMITER || type >= NalType.SPS_EXTENSION && type <= NalType.RESERVED_18;
    }
}
