package io.mcm.conformance.requirement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules that this project is held to, of every source. */
public final class Requirements {

    /** The tables, in the folder {@code requirements} beside this package. */
    public static final List<String> TABLES = List.of("mcm-control.md", "memif.md", "rfc3550.md", "rfc5761.md", "rfc6184.md", "rfc8285.md");

    private static final String FOLDER = "/io/mcm/conformance/requirements/";

    private Requirements() {}

    public static List<Requirement> all() {
        return TABLES.stream().flatMap(table -> table(table).requirements().stream()).toList();
    }

    /** @param name one of {@link #TABLES} */
    public static RequirementTable table(String name) {
        try (InputStream in = Requirements.class.getResourceAsStream(FOLDER + name)) {
            return new RequirementTable(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
