package io.mcm.proxy.delivery;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;

/**
 * {@link LossPolicy#DROP_UNTIL_IDR}, behind {@link IntactAccessUnits}, which takes back what is damaged. It opens at the first slice of an IDR
 * access unit:
 *
 * <pre>
 *              IDR slice              damage, new stream
 *   HOLDING ---------------> FLOWING --------------------> HOLDING
 *      |  ^
 *      |  | end of the access unit
 *      v  |
 *   SKIPPING     first slice, and it is not IDR
 * </pre>
 */
final class IdrGate implements DeliveryStage {

    private enum State { HOLDING, SKIPPING, FLOWING }

    private enum Course { PASS, HOLD, DROP }

    private final DeliveryStage next;
    private final Counters<DeliveryCounter> counters;
    private final HeldUnits held = new HeldUnits();
    private State state = State.HOLDING;
    /** What becomes of the unit that was begun. */
    private Course course;

    IdrGate(DeliveryStage next, Counters<DeliveryCounter> counters) {
        this.next = next;
        this.counters = counters;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        int type = NalHeader.type(header);
        if (state == State.HOLDING && NalType.isSlice(type)) {
            firstSlice(type);
        }
        course = switch (state) {
            case FLOWING -> Course.PASS;
            case HOLDING -> Course.HOLD;
            case SKIPPING -> isParameterSet(type) ? Course.PASS : Course.DROP;
        };
        switch (course) {
            case PASS -> next.begin(origin, header);
            case HOLD -> held.begin(origin, header);
            case DROP -> { }
        }
    }

    private void firstSlice(int type) {
        if (type == NalType.IDR_SLICE) {
            state = State.FLOWING;
            held.deliver(next);
        } else {
            state = State.SKIPPING;
            dropped(held.deliverParameterSets(next));
        }
        held.clear();
    }

    private void dropped(int units) {
        if (units > 0) {
            counters.add(DeliveryCounter.AWAITING_IDR, units);
            next.leftOut();
        }
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        switch (course) {
            case PASS -> next.append(from, offset, length);
            case HOLD -> held.append(from, offset, length);
            case DROP -> { }
        }
    }

    @Override
    public void end() {
        switch (course) {
            case PASS -> next.end();
            case HOLD -> hold();
            case DROP -> dropped(1);
        }
    }

    private void hold() {
        if (!held.end()) {
            counters.increment(DeliveryCounter.HELD_OVERFLOW);
            next.leftOut();
        }
    }

    @Override
    public void abandon() {
        switch (course) {
            case PASS -> next.abandon();
            case HOLD -> held.abandon();
            case DROP -> { }
        }
    }

    @Override
    public void endAccessUnit() {
        if (state != State.FLOWING) {
            // Some cameras end an access unit behind the parameter sets.
            dropped(held.deliverParameterSets(next));
            held.clear();
            state = State.HOLDING;
        }
        next.endAccessUnit();
    }

    @Override
    public int takeBack() {
        int units = next.takeBack();
        if (state != State.SKIPPING) {
            state = State.HOLDING;
        }
        units += held.deliverParameterSets(next);
        held.clear();
        return units;
    }

    @Override
    public void lost(int packets) {
        if (state == State.FLOWING) {
            state = State.HOLDING;
        }
        next.lost(packets);
    }

    @Override
    public void endStream() {
        state = State.HOLDING;
        held.clear();
        next.endStream();
    }

    @Override
    public void leftOut() {
        next.leftOut();
    }

    @Override
    public boolean hasFailed() {
        return next.hasFailed();
    }

    static boolean isParameterSet(int type) {
        return type == NalType.SPS || type == NalType.PPS || type == NalType.SPS_EXTENSION || type == NalType.SUBSET_SPS;
    }
}
