package io.mcm.camera.plan;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A line of a plan: a word and {@code name=value} settings behind it. Every mistake is told with the line's number. */
final class PlanLine {

    private static final String HEX = "hex:";

    private final String file;
    private final int number;
    private final String word;
    private final Map<String, String> settings = new LinkedHashMap<>();

    /** @param text without comment, not blank */
    PlanLine(String file, int number, String text) {
        this.file = file;
        this.number = number;
        String[] words = text.strip().split("\\s+");
        word = words[0];
        for (String setting : Arrays.copyOfRange(words, 1, words.length)) {
            int equals = setting.startsWith(HEX) ? -1 : setting.indexOf('=');
            String name = setting.startsWith(HEX) ? "hex" : equals < 0 ? setting : setting.substring(0, equals);
            String value = setting.startsWith(HEX) ? setting.substring(HEX.length()) : equals < 0 ? "" : setting.substring(equals + 1);
            settings.put(name, value);
        }
    }

    String word() {
        return word;
    }

    boolean has(String name) {
        return settings.containsKey(name);
    }

    String text(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    /** The only setting where it has no name, as in {@code repeat 3}. */
    int bare(int min, int max) {
        require(settings.size() == 1, "'" + word + "' takes a number, as '" + word + " 3'");
        return number(word, settings.keySet().iterator().next(), min, max);
    }

    int number(String name, int otherwise, int min, int max) {
        return has(name) ? number(name, settings.get(name), min, max) : otherwise;
    }

    int number(String name, String text, int min, int max) {
        try {
            int value = Integer.decode(text);
            require(value >= min && value <= max, name + "=" + text + "; allowed are " + min + " to " + max);
            return value;
        } catch (NumberFormatException _) {
            throw error(name + "='" + text + "'; expected a number from " + min + " to " + max);
        }
    }

    /** @return what stands behind {@code hex:} */
    byte[] hex() {
        try {
            return HexFormat.of().parseHex(settings.get("hex"));
        } catch (IllegalArgumentException _) {
            throw error("hex:" + settings.get("hex") + "; expected pairs of hexadecimal digits");
        }
    }

    void allow(Set<String> names) {
        for (String name : settings.keySet()) {
            require(names.contains(name), "'" + name + "' is nothing for '" + word + "'; allowed are "
                + String.join(", ", names.stream().sorted().toList()));
        }
    }

    void require(boolean condition, String message) {
        if (!condition) {
            throw error(message);
        }
    }

    IllegalArgumentException error(String message) {
        return new IllegalArgumentException(file + ":" + number + ": " + message);
    }
}
