package io.mcm.camera.impair;

/** {@link Impairment.Jitter}. */
final class JitterDelay implements PacketDelay {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int THROWS = 2;

    private final Schedule<Impairment.Jitter> schedule;
    private final Chance chance;
    private final Ledger ledger;
    /** When the last packet goes that nothing may overtake. */
    private long ordered = Long.MIN_VALUE;

    JitterDelay(Impairments impairments, Ledger ledger) {
        schedule = impairments.schedule(Impairment.Jitter.class);
        chance = new Chance(impairments.seed(), "jitter");
        this.ledger = ledger;
    }

    @Override
    public long leave(int length, long dueNanos, long nanos) {
        Impairment.Jitter jitter = schedule.at(dueNanos);
        if (jitter == null) {
            return Math.max(nanos, ordered);
        }
        ledger.note(ImpairCounter.JITTERED);
        int n = ledger.copy() * THROWS;
        double part = jitter.distribution().of(chance.uniform(ledger.packet(), n), chance.uniform(ledger.packet(), n + 1));
        long leaves = nanos + Math.round(part * jitter.millis() * NANOS_PER_MILLI);
        if (!jitter.keepsOrder()) {
            return leaves;
        }
        ordered = Math.max(ordered, leaves);
        return ordered;
    }
}
