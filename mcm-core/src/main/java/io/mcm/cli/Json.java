package io.mcm.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures for scripts: one JSON object, to a file or with {@code -} to standard output. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    public static void write(String target, Object value) throws IOException {
        String text = MAPPER.writeValueAsString(value) + "\n";
        if (target.equals("-")) {
            System.out.print(text);
            System.out.flush();
        } else {
            try {
                Files.writeString(Path.of(target), text);
            } catch (IOException e) {
                throw new EnvironmentException("--json " + target + " cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
