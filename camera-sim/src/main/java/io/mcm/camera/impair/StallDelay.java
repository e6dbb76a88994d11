package io.mcm.camera.impair;

/** {@link Impairment.Stall}. */
final class StallDelay implements PacketDelay {

    private final Schedule<Impairment.Stall> schedule;
    private final Ledger ledger;

    StallDelay(Impairments impairments, Ledger ledger) {
        schedule = impairments.schedule(Impairment.Stall.class);
        this.ledger = ledger;
    }

    @Override
    public long leave(int length, long dueNanos, long nanos) {
        if (schedule.at(dueNanos) == null) {
            return nanos;
        }
        ledger.note(ImpairCounter.STALLED);
        return Math.max(nanos, schedule.endsAt());
    }
}
