package io.mcm.camera.cli;

import io.mcm.camera.pace.Pacer;

/** The argument of {@code --speed X|max}. */
final class Speed {

    private static final String MAX = "max";
    /** Slower ones would stand still for hours between two packets. */
    private static final double SLOWEST = 0.001;
    /** Faster ones are not paced any more: that is {@code max}. */
    private static final double FASTEST = 1_000;

    private Speed() {}

    /** @throws IllegalArgumentException if it is neither; the message says what is allowed */
    static double parse(String text) {
        if (text.equals(MAX)) {
            return Pacer.MAX_SPEED;
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed >= SLOWEST && speed <= FASTEST) {
                return speed;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("'" + text + "'; allowed are " + SLOWEST + " to " + FASTEST + ", or max");
    }
}
