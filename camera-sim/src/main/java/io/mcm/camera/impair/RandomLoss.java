package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.Loss}. */
final class RandomLoss extends Stage {

    private final Schedule<Impairment.Loss> schedule;
    private final Chance chance;

    RandomLoss(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.Loss.class);
        chance = new Chance(impairments.seed(), "loss");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        Impairment.Loss loss = schedule.at(dueNanos);
        if (loss != null && chance.percent(loss.percent(), ledger.packet())) {
            ledger.drop(ImpairCounter.LOST);
        } else {
            next.packet(channel, segment, offset, length, dueNanos);
        }
    }
}
