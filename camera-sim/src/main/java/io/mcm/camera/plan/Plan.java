package io.mcm.camera.plan;

import io.mcm.camera.source.Packaging;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What a plan says to send, its repeats unrolled. */
public record Plan(List<AccessUnit> accessUnits) {

    /** More of them in one plan are a mistake in a repeat; {@code --loop} plays short ones for long. */
    public static final int MAX_UNITS = 1_000_000;

    /**
     * Units that are due together.
     *
     * @param waitNanos since the access unit before
     * @param ticks     timestamp less that of the access unit before
     */
    public record AccessUnit(long waitNanos, int ticks, List<Unit> units) {
    }

    /** The bytes, header first and without start code, and how they are packed. */
    public record Unit(MemorySegment bytes, Packaging packaging) {
    }

    public Plan {
        accessUnits = List.copyOf(accessUnits);
    }
}
