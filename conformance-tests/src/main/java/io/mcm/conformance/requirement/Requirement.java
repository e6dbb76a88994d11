package io.mcm.conformance.requirement;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of a standard.
 *
 * @param id            stable: source, section, running number, as in {@code RFC6184-5.8-03}
 * @param keyWord       whether the source itself uses the level's key word; else the level is our reading of a statement
 * @param rule          what it demands, in our words
 * @param tests         the tests that name the id, as {@code h264.DepacketizerTest#fragmentsMakeOneUnit}
 * @param notApplicable why it cannot apply to us, or empty
 */
public record Requirement(String id, Level level, boolean keyWord, Binds binds, String rule, List<String> tests,
        String notApplicable) {

    /** An id, wherever it stands. */
    public static final Pattern ID = Pattern.compile("\\b([A-Z][A-Z0-9]*)-([A-Z0-9]+(?:\\.[0-9]+)*)-(\\d{2})\\b");

    public Requirement {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("requirement '" + id + "'; allowed are ids such as RFC6184-5.8-03");
        }
        tests = List.copyOf(tests);
    }

    /** {@code RFC6184} of {@code RFC6184-5.8-03}. */
    public String source() {
        return part(1);
    }

    /** {@code 5.8} of {@code RFC6184-5.8-03}. */
    public String section() {
        return part(2);
    }

    public boolean isApplicable() {
        return notApplicable.isEmpty();
    }

    private String part(int group) {
        Matcher matcher = ID.matcher(id);
        matcher.matches();
        return matcher.group(group);
    }
}
