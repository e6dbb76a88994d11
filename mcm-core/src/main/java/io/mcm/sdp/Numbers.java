package io.mcm.sdp;

/** Decimal numbers of a description, each held to its range. */
final class Numbers {

    /** Digits of the longest number that is worth parsing; the largest allowed one has 10. */
    private static final int MAX_DIGITS = 18;

    private Numbers() {}

    static long parse(String name, String text, long min, long max) throws SdpException {
        boolean digits = text.length() <= MAX_DIGITS && text.matches("[0-9]+");
        long value = digits ? Long.parseLong(text) : -1;
        if (!digits || value < min || value > max) {
            throw new SdpException(name + " " + Warnings.shown(text) + "; allowed are " + min + " to " + max);
        }
        return value;
    }
}
