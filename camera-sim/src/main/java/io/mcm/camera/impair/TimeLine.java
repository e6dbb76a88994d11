package io.mcm.camera.impair;

import java.util.List;
import java.util.stream.Stream;

/** Tells when phases begin and end, and events happen, as the source's time goes on. */
final class TimeLine {

    private record Mark(Impairment impairment, String what, long nanos) {}

    private final List<Mark> marks;
    private final Ledger ledger;
    private int told;

    TimeLine(Impairments impairments, Ledger ledger) {
        this.ledger = ledger;
        marks = impairments.phases().stream().flatMap(TimeLine::marks).sorted((a, b) -> Long.compare(a.nanos, b.nanos)).toList();
    }

    private static Stream<Mark> marks(Phase phase) {
        if (phase.impairment() instanceof Impairment.Event) {
            return Stream.of(new Mark(phase.impairment(), "happens", phase.fromNanos()));
        }
        Mark begin = new Mark(phase.impairment(), "begins", phase.fromNanos());
        return phase.untilNanos() == Phase.FOREVER ? Stream.of(begin)
            : Stream.of(begin, new Mark(phase.impairment(), "ends", phase.untilNanos()));
    }

    void advanceTo(long nanos) {
        while (told < marks.size() && marks.get(told).nanos() <= nanos) {
            Mark mark = marks.get(told++);
            ledger.event(mark.impairment(), mark.what(), mark.nanos());
        }
    }
}
