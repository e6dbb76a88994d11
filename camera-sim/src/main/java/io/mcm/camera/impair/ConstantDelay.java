package io.mcm.camera.impair;

/** {@link Impairment.Delay}. */
final class ConstantDelay implements PacketDelay {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Schedule<Impairment.Delay> schedule;
    private final Ledger ledger;

    ConstantDelay(Impairments impairments, Ledger ledger) {
        schedule = impairments.schedule(Impairment.Delay.class);
        this.ledger = ledger;
    }

    @Override
    public long leave(int length, long dueNanos, long nanos) {
        Impairment.Delay delay = schedule.at(dueNanos);
        if (delay == null) {
            return nanos;
        }
        ledger.note(ImpairCounter.DELAYED);
        return nanos + Math.round(delay.millis() * NANOS_PER_MILLI);
    }
}
