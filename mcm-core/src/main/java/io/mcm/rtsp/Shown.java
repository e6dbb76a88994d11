package io.mcm.rtsp;

/** A peer's text as it may stand in a log line: short, and without what controls a terminal. */
public final class Shown {

    /** Enough to know it again. */
    private static final int MAX_LENGTH = 80;

    private Shown() {}

    public static String text(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (printable.length() > MAX_LENGTH ? printable.substring(0, MAX_LENGTH) + "..." : printable) + "'";
    }
}
