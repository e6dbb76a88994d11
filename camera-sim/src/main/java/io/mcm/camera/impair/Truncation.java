package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.Truncate}. */
final class Truncation extends Stage {

    private static final int LENGTH = 1;

    private final Schedule<Impairment.Truncate> schedule;
    private final Chance chance;

    Truncation(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.Truncate.class);
        chance = new Chance(impairments.seed(), "truncate");
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        Impairment.Truncate cut = schedule.at(dueNanos);
        int left = length;
        if (cut != null && chance.percent(cut.percent(), ledger.packet())) {
            left = left(cut, length);
        }
        if (left < length) {
            ledger.note(ImpairCounter.TRUNCATED);
        }
        next.packet(channel, segment, offset, left, dueNanos);
    }

    private int left(Impairment.Truncate cut, int length) {
        if (cut.length() > 0) {
            return Math.min(cut.length(), length);
        }
        return length < 2 ? length : 1 + chance.below(length - 1, ledger.packet(), LENGTH);
    }
}
