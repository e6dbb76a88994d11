package io.mcm.camera.impair;

import java.util.regex.Pattern;

/** The value of an impairment as people write it: parts between colons. */
final class Setting {

    private static final Pattern COLON = Pattern.compile(":");

    private final String[] parts;
    private final String syntax;

    Setting(String text, String syntax) {
        this.syntax = syntax;
        parts = text.isEmpty() ? new String[0] : COLON.split(text, -1);
        if (parts.length > COLON.split(syntax, -1).length || syntax.isEmpty() && parts.length > 0) {
            throw unlike();
        }
    }

    private IllegalArgumentException unlike() {
        return new IllegalArgumentException(syntax.isEmpty() ? "no value is allowed" : "allowed is " + syntax);
    }

    String text(int part) {
        if (part >= parts.length || parts[part].isEmpty()) {
            throw unlike();
        }
        return parts[part];
    }

    String text(int part, String otherwise) {
        return part < parts.length ? text(part) : otherwise;
    }

    double number(int part) {
        return number(text(part));
    }

    double number(int part, double otherwise) {
        return part < parts.length ? number(part) : otherwise;
    }

    int integer(int part) {
        return integer(text(part));
    }

    int integer(int part, int otherwise) {
        return part < parts.length ? integer(part) : otherwise;
    }

    /** Whether the part is there; it can only be this word. */
    boolean is(int part, String word) {
        if (part < parts.length && !parts[part].equals(word)) {
            throw new IllegalArgumentException("'" + parts[part] + "'; allowed is " + word);
        }
        return part < parts.length;
    }

    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE, e);
        }
    }
}
