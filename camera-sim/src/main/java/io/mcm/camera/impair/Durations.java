package io.mcm.camera.impair;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on a time line as people write them: {@code 2s}, {@code 1.5s}, {@code 250ms}, {@code 40us}, {@code 2min}. */
public final class Durations {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s|min)");

    private Durations() {}

    /** In nanoseconds. @throws IllegalArgumentException if it is none; the message says what is allowed */
    public static long parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no time; allowed are numbers with a unit, like 2s, 250ms, 40us, 2min");
        }
        double unit = switch (matcher.group(2)) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            default -> 60e9;
        };
        return Math.round(Double.parseDouble(matcher.group(1)) * unit);
    }
}
