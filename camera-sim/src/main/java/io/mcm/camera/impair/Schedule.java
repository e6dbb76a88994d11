package io.mcm.camera.impair;

import java.util.List;

/** Which impairment of one kind is on. */
final class Schedule<T extends Impairment> {

    private final Class<T> kind;
    private final Phase[] phases;
    private Phase active;
    private T impairment;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;

    Schedule(Class<T> kind, List<Phase> all) {
        this.kind = kind;
        phases = all.stream().filter(phase -> kind.isInstance(phase.impairment())).toArray(Phase[]::new);
    }

    /** The one that is on, or null. */
    T at(long nanos) {
        if (nanos < from || nanos >= until) {
            look(nanos);
        }
        return impairment;
    }

    /** When what {@link #at} found last is off again. */
    long endsAt() {
        return active.untilNanos();
    }

    private void look(long nanos) {
        active = null;
        from = Long.MIN_VALUE;
        until = Long.MAX_VALUE;
        for (Phase phase : phases) {
            active = phase.covers(nanos) ? phase : active;
            bound(phase.fromNanos(), nanos);
            bound(phase.untilNanos(), nanos);
        }
        impairment = active == null ? null : kind.cast(active.impairment());
    }

    private void bound(long edge, long nanos) {
        if (edge <= nanos) {
            from = Math.max(from, edge);
        } else {
            until = Math.min(until, edge);
        }
    }
}
