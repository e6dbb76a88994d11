package io.mcm.zoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Bytes as a fixture writes them: words of hexadecimal digits and names of NAL units, of which {@code IDR[1:9]} takes a part. */
final class Units {

    private final Map<String, String> hexByName = new HashMap<>();

    /** Lines of a name and hexadecimal digits. */
    static Units read(Path file) throws IOException {
        Units units = new Units();
        List<String> lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        for (String line : lines) {
            String[] words = line.split("\\s+");
            units.hexByName.put(words[0], words[1]);
        }
        return units;
    }

    byte[] bytes(String text) {
        return HexFormat.of().parseHex(hex(text));
    }

    String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            hex.append(expand(word));
        }
        return hex.toString();
    }

    private String expand(String word) {
        int bracket = word.indexOf('[');
        String whole = hexByName.get(bracket < 0 ? word : word.substring(0, bracket));
        if (whole == null) {
            return word;
        }
        if (bracket < 0) {
            return whole;
        }
        String[] range = word.substring(bracket + 1, word.length() - 1).split(":", -1);
        int from = range[0].isEmpty() ? 0 : 2 * Integer.parseInt(range[0]);
        int to = range[1].isEmpty() ? whole.length() : 2 * Integer.parseInt(range[1]);
        return whole.substring(from, to);
    }
}
