package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.Silence}. */
final class Silencer extends Stage {

    private final Schedule<Impairment.Silence> schedule;

    Silencer(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.Silence.class);
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        if (schedule.at(dueNanos) != null) {
            ledger.drop(ImpairCounter.SILENCED);
        } else {
            next.packet(channel, segment, offset, length, dueNanos);
        }
    }
}
