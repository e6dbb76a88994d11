package io.mcm.perf.gate;

/** What a figure means for a release. */
public enum Judgement {
    PASS,
    /** A breach of a threshold that only warns, or perhaps one: it holds up no release, so whether it is need not be known. */
    WARN,
    FAIL,
    /** The rounds do not agree on which side of the threshold the figure is: this machine could not tell. */
    INCONCLUSIVE;

    /** @param most the highest figure that is good */
    public static Judgement of(Interval figure, double most, boolean onlyWarns) {
        if (figure.high() <= most) {
            return PASS;
        }
        if (onlyWarns) {
            return WARN;
        }
        return figure.low() > most ? FAIL : INCONCLUSIVE;
    }

    /** The worst of both. */
    public Judgement and(Judgement other) {
        return rank() >= other.rank() ? this : other;
    }

    private int rank() {
        return switch (this) {
            case PASS -> 0;
            case WARN -> 1;
            case INCONCLUSIVE -> 2;
            case FAIL -> 3;
        };
    }
}
