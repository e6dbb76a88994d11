package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** {@link Impairment.Drift}. */
final class ClockDrift extends Stage {

    private static final double MILLION = 1e6;

    private final Schedule<Impairment.Drift> schedule;
    private long lastDue;
    /** Nanoseconds by which the camera's clock is before the true one. */
    private double ahead;

    ClockDrift(Impairments impairments, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        schedule = impairments.schedule(Impairment.Drift.class);
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        Impairment.Drift drift = schedule.at(dueNanos);
        if (drift != null) {
            // A second of the clock takes 1 / (1 + ppm / 10^6) true ones.
            ahead += (dueNanos - lastDue) * drift.ppm() / (MILLION + drift.ppm());
            ledger.note(ImpairCounter.DRIFTED);
        }
        lastDue = dueNanos;
        next.packet(channel, segment, offset, length, dueNanos - Math.round(ahead));
    }
}
