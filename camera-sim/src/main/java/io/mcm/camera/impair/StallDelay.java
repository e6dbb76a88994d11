package io.mcm.camera.impair;

/** {@link Impairment.Stall}. */
final class StallDelay implements PacketDelay {

    private final Schedule<Impairment.Stall> schedule;
    private final Ledger ledger;
    private long end = Long.MIN_VALUE;

    StallDelay(Impairments impairments, Ledger ledger) {
        schedule = impairments.schedule(Impairment.Stall.class);
        this.ledger = ledger;
    }

    @Override
    public long leave(int length, long dueNanos, long nanos) {
        if (schedule.at(dueNanos) != null) {
            ledger.note(ImpairCounter.STALLED);
            // Of two stalls at a time the longer one: nothing overtakes here.
            end = Math.max(end, schedule.endsAt());
        }
        return Math.max(nanos, end);
    }
}
