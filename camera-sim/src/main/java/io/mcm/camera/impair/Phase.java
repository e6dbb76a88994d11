package io.mcm.camera.impair;

/**
 * An impairment and when it is on. An {@link Impairment.Event} happens once, at the phase's beginning.
 *
 * @param fromNanos  since the source's first packet, at normal speed
 * @param untilNanos the first moment when it is off again, or {@link #FOREVER}
 */
public record Phase(Impairment impairment, long fromNanos, long untilNanos) {

    public static final long FOREVER = Long.MAX_VALUE;

    public Phase {
        if (fromNanos < 0 || untilNanos < fromNanos) {
            throw new IllegalArgumentException("from " + fromNanos + " until " + untilNanos + " ns; it ends before it begins");
        }
        if (impairment instanceof Impairment.Stall && untilNanos == FOREVER) {
            throw new IllegalArgumentException("a stall without an end holds packets for ever; allowed are ones that end");
        }
    }

    /** On from the first packet to the last. */
    public static Phase always(Impairment impairment) {
        return new Phase(impairment, 0, FOREVER);
    }

    boolean covers(long nanos) {
        return nanos >= fromNanos && nanos < untilNanos;
    }
}
