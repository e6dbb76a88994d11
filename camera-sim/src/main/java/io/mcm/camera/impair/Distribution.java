package io.mcm.camera.impair;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the delays of {@link Impairment.Jitter} spread. None is negative. */
public enum Distribution {
    /** Evenly from 0 to the figure. */
    UNIFORM {
        @Override
        double of(double first, double second) {
            return first;
        }
    },
    /** Around half the figure with a sixth of it as standard deviation; the three in a thousand below 0 and above the figure are cut. */
    NORMAL {
        @Override
        double of(double first, double second) {
            double standard = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
            return Math.clamp(0.5 + standard / 6, 0, 1);
        }
    },
    /** With the figure as mean, cut at twenty times the figure. */
    EXPONENTIAL {
        @Override
        double of(double first, double second) {
            return Math.min(MOST, -Math.log(1 - first));
        }
    },
    /** With a long tail: shape 2.5 and the figure as mean (Lomax, from 0), cut at twenty times the figure. */
    PARETO {
        @Override
        double of(double first, double second) {
            return Math.min(MOST, (SHAPE - 1) * (Math.pow(1 - first, -1 / SHAPE) - 1));
        }
    };

    /** Of the figure: where the tails end. */
    static final double MOST = 20;
    private static final double SHAPE = 2.5;

    /** A delay as a multiple of the figure, of two chances from 0 to below 1. */
    abstract double of(double first, double second);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Distribution parse(String text) {
        return Arrays.stream(values()).filter(known -> known.toString().equals(text)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("distribution '" + text + "'; allowed are "
                + Arrays.stream(values()).map(Distribution::toString).collect(Collectors.joining(", "))));
    }
}
