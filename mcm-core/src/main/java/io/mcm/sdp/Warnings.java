package io.mcm.sdp;

import java.util.ArrayList;
import java.util.List;

/** What was wrong in a description, each thing once. */
final class Warnings {

    /** Of a value that is shown. */
    private static final int MAX_SHOWN = 40;

    private final List<String> all = new ArrayList<>();

    void add(String warning) {
        if (all.size() < SessionDescription.MAX_WARNINGS && !all.contains(warning)) {
            all.add(warning);
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /** The value in quotes, cut and without control characters. */
    static String shown(String value) {
        String cut = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
