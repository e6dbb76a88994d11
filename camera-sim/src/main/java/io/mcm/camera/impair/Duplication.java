package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.Duplicate}. */
final class Duplication extends Stage {

    private final Schedule<Impairment.Duplicate> schedule;
    private final Chance chance;

    Duplication(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.Duplicate.class);
        chance = new Chance(impairments.seed(), "duplicate");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        next.packet(channel, segment, offset, length, dueNanos);
        Impairment.Duplicate duplicate = schedule.at(dueNanos);
        if (duplicate != null && chance.percent(duplicate.percent(), ledger.packet())) {
            ledger.duplicate();
            next.packet(channel, segment, offset, length, dueNanos);
        }
    }
}
