package io.mcm.camera.plan;

import io.mcm.camera.source.NalUnitSink;
import io.mcm.camera.source.NalUnitSource;

/** Sends what a plan says. */
public final class PlanSource implements NalUnitSource {

    private final Plan plan;
    private final int passes;
    private int pass;
    private int next;
    private boolean begun;
    private long dueNanos;
    private int timestamp;

    /** @param passes how often the plan is played; 0 for without end */
    public PlanSource(Plan plan, int passes) {
        this.plan = plan;
        this.passes = passes;
    }

    @Override
    public boolean isPlanned() {
        return true;
    }

    @Override
    public boolean step(NalUnitSink sink) {
        if (next == plan.accessUnits().size()) {
            next = 0;
            pass++;
        }
        if (passes != 0 && pass == passes) {
            return false;
        }
        Plan.AccessUnit accessUnit = plan.accessUnits().get(next++);
        advance(accessUnit);
        sink.beginAccessUnit(timestamp, dueNanos);
        for (int i = 0; i < accessUnit.units().size(); i++) {
            Plan.Unit unit = accessUnit.units().get(i);
            sink.packaging(unit.packaging());
            sink.nalUnit(unit.bytes(), 0, (int) unit.bytes().byteSize());
        }
        sink.endAccessUnit();
        return true;
    }

    /** A later pass begins as long after the last access unit as the second one came after the first. */
    private void advance(Plan.AccessUnit accessUnit) {
        boolean wraps = begun && next == 1;
        Plan.AccessUnit step = wraps && plan.accessUnits().size() > 1 ? plan.accessUnits().get(1) : accessUnit;
        dueNanos += step.waitNanos();
        timestamp += step.ticks();
        begun = true;
    }
}
