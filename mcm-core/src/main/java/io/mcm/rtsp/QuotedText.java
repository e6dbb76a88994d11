package io.mcm.rtsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values of header fields in which quoted strings may stand (RFC 2616 section 2.2). */
final class QuotedText {

    private QuotedText() {}

    /** The parts between separators; one within quotes separates nothing. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (quoted && c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** Without quotes and the backslashes inside; other text as it is. */
    static String unquoted(String text) {
        boolean isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    static String quoted(String text) {
        return '"' + text.replaceAll("[\\\\\"]", "\\\\$0") + '"';
    }

    /** {@code name=value, name="value"}, names in lower case; of two the first counts. */
    static Map<String, String> parameters(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String part : split(text, ',')) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                found.putIfAbsent(part.substring(0, equals).strip().toLowerCase(Locale.ROOT), unquoted(part.substring(equals + 1).strip()));
            }
        }
        return found;
    }
}
