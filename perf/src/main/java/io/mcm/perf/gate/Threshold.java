package io.mcm.perf.gate;

/**
 * A line of {@code perf/thresholds.yaml}.
 *
 * @param bench     name of the bench
 * @param figure    what of it
 * @param atMost    highest figure that is good
 * @param onlyWarns whether a breach is told and no more
 * @param reason    why just this number
 */
public record Threshold(String bench, Figure figure, double atMost, boolean onlyWarns, String reason) {

    /** What is compared. */
    public enum Figure {
        /** Time of the bench as a multiple of its baseline's, in the same round. */
        RATIO,
        /** Bytes allocated an operation. */
        ALLOCATION,
        /** Instructions of an operation, where the machine counts them. */
        INSTRUCTIONS
    }

    /** Whether this machine can measure it. */
    public boolean isMeasurable() {
        return figure != Figure.INSTRUCTIONS || InstructionCount.isAvailable();
    }

    public String name() {
        return bench + " " + figure.name().toLowerCase(java.util.Locale.ROOT);
    }
}
