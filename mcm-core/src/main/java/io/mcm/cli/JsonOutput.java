package io.mcm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --json FILE|-} means for every command. */
public final class JsonOutput {

    /** Standard output. */
    public static final String STDOUT = "-";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonOutput() {}

    /** @throws EnvironmentException if the file cannot be written */
    public static void write(String target, Object value) {
        String text = text(value) + System.lineSeparator();
        if (target.equals(STDOUT)) {
            System.out.print(text);
            return;
        }
        try {
            Files.writeString(Path.of(target), text);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + target + ": " + FileTrouble.reason(e), e);
        }
    }

    private static String text(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not for JSON: " + value, e);
        }
    }
}
