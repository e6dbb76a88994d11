package io.mcm.camera.impair;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that is to happen to the packets of a camera. Of two phases of one kind that are on at a time the later in the list counts.
 *
 * @param seed of every choice: the same seed, impairments and source make the same packets at the same times
 */
public record Impairments(long seed, List<Phase> phases) {

    /** Lets everything pass. */
    public static final Impairments NONE = new Impairments(0, List.of());

    public Impairments {
        phases = List.copyOf(phases);
    }

    /** All of them on from the first packet to the last. */
    public static Impairments of(long seed, Impairment... impairments) {
        return new Impairments(seed, Stream.of(impairments).map(Phase::always).toList());
    }

    /** With further phases, which count before those that are there. */
    public Impairments and(List<Phase> further) {
        List<Phase> all = new ArrayList<>(phases);
        all.addAll(further);
        return new Impairments(seed, all);
    }

    boolean has(Class<? extends Impairment> kind) {
        return phases.stream().anyMatch(phase -> kind.isInstance(phase.impairment()));
    }

    <T extends Impairment> Schedule<T> schedule(Class<T> kind) {
        return new Schedule<>(kind, phases);
    }

    /** What happens once, by time. */
    List<Phase> events() {
        return phases.stream().filter(phase -> phase.impairment() instanceof Impairment.Event)
            .sorted((a, b) -> Long.compare(a.fromNanos(), b.fromNanos())).toList();
    }
}
