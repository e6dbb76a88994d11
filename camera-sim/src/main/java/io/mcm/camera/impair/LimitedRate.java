package io.mcm.camera.impair;

/** {@link Impairment.RateLimit}: a token bucket kept as the time at which it is full again. */
final class LimitedRate implements PacketDelay {

    /** IPv4 and UDP, without options. */
    static final int HEADERS_LENGTH = 28;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Schedule<Impairment.RateLimit> schedule;
    private final Ledger ledger;
    /** When all that was sent has gone through at the limited rate. */
    private double done;
    private long last = Long.MIN_VALUE;

    LimitedRate(Impairments impairments, Ledger ledger) {
        schedule = impairments.schedule(Impairment.RateLimit.class);
        this.ledger = ledger;
    }

    @Override
    public long leave(int length, long dueNanos, long nanos) {
        Impairment.RateLimit limit = schedule.at(dueNanos);
        if (limit == null) {
            return Math.max(nanos, last);
        }
        double finished = Math.max(done, nanos) + transmission(length + HEADERS_LENGTH, limit);
        double wait = finished - transmission(limit.burstBytes(), limit) - nanos;
        if (wait > limit.queueMillis() * NANOS_PER_MILLI) {
            return DROPPED;
        }
        done = finished;
        // Not before the one in front, where the rate or the burst has just been raised.
        last = Math.max(last, nanos + Math.round(Math.max(0, wait)));
        if (last > nanos) {
            ledger.note(ImpairCounter.QUEUED);
        }
        return last;
    }

    private static double transmission(int bytes, Impairment.RateLimit limit) {
        return bytes * (double) Byte.SIZE * NANOS_PER_MICRO / limit.megabits();
    }
}
