package io.mcm.conformance.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cases that are known to fail at a target, as text: a case's id and the reason in each line.
 *
 * <pre>
 *   # the C++ proxy, 24.09
 *   loss/late-packet    it has no reorder window
 * </pre>
 */
public final class ExpectedFailures {

    private static final String COMMENT = "#";

    private ExpectedFailures() {}

    /**
     * Reasons by case.
     *
     * @param file  for messages
     * @param known ids of all cases; another one is a mistake that would hide a failure of tomorrow
     * @throws IllegalArgumentException for a line that is none; the message says which
     */
    public static Map<String, String> parse(String file, List<String> lines, Set<String> known) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                String place = file + ":" + (i + 1) + ": ";
                String[] words = line.split("\\s+", 2);
                require(words.length == 2, place + "'" + line + "', expected a case's id and the reason why it fails");
                require(known.contains(words[0]), place + "there is no case '" + words[0] + "'; --list shows them");
                require(reasons.put(words[0], words[1]) == null, place + "'" + words[0] + "' is there twice");
            }
        }
        return reasons;
    }

    private static void require(boolean good, String message) {
        if (!good) {
            throw new IllegalArgumentException(message);
        }
    }
}
