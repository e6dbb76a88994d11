package io.mcm.camera.impair;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that says what happens when (YAML).
 *
 * <pre>
 * description: a lorry parks before the antenna       # for people; may be missing
 * timeline:
 *   - at: 2s            # from the source's first packet, at normal speed; 0s where it is missing
 *     for: 500ms        # or until: 2500ms; to the end where both are missing
 *     burst-loss: 20:8  # one or more impairments, written as on the command line
 *     jitter: 30:normal
 *   - at: 6s
 *     restart:          # happens once
 * </pre>
 */
public final class Scenario {

    private final Path file;
    private final JsonParser parser;
    private final List<Phase> phases = new ArrayList<>();

    private Scenario(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** @throws IOException if there is no such file or it makes no sense; the message has its name, the line, and what is allowed */
    public static List<Phase> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file, in);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException(file + ":" + line + ": no YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (ScenarioException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    private static List<Phase> read(Path file, InputStream in) throws IOException {
        try (JsonParser parser = new YAMLFactory().createParser(in)) {
            Scenario scenario = new Scenario(file, parser);
            scenario.document();
            return scenario.phases;
        }
    }

    /** What is wrong, and where. */
    private static final class ScenarioException extends IOException {

        private static final long serialVersionUID = 1L;

        private ScenarioException(String message) {
            super(message);
        }
    }

    private void document() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "a scenario has the keys description and timeline");
        boolean timeline = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "description" -> require(value.isScalarValue(), "description is a text");
                case "timeline" -> {
                    timeline = true;
                    timeline(value);
                }
                default -> throw wrong("'" + key + "'; allowed are description and timeline");
            }
        }
        require(timeline, "there is no timeline");
    }

    private void timeline(JsonToken value) throws IOException {
        require(value == JsonToken.START_ARRAY, "timeline is a list of entries, each after a '-'");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken() == JsonToken.START_OBJECT, "an entry has the keys at, for or until, and impairments");
            new Entry().read();
        }
    }

    /** One entry of the time line; its impairments are known before its times may be. */
    private final class Entry {

        private final int line = line();
        private final List<ImpairmentKind> kinds = new ArrayList<>();
        private final List<Impairment> impairments = new ArrayList<>();
        private long at;
        private Long duration;
        private Long until;

        private void read() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                require(value.isScalarValue(), key + " has a list or keys; allowed is one value");
                try {
                    take(key, value == JsonToken.VALUE_NULL ? "" : parser.getText());
                } catch (IllegalArgumentException e) {
                    throw wrong(e.getMessage());
                }
            }
            addPhases();
        }

        private void take(String key, String text) {
            switch (key) {
                case "at" -> at = Durations.parse(text);
                case "for" -> duration = Durations.parse(text);
                case "until" -> until = Durations.parse(text);
                default -> {
                    ImpairmentKind kind = ImpairmentKind.named(key);
                    kinds.add(kind);
                    impairments.add(kind.parse(text));
                }
            }
        }

        private void addPhases() throws IOException {
            require(!kinds.isEmpty(), line, "the entry has no impairment");
            require(duration == null || until == null, line, "the entry has both for and until; allowed is one of them");
            long end = duration != null ? at + duration : until != null ? until : Phase.FOREVER;
            for (int i = 0; i < kinds.size(); i++) {
                require(!kinds.get(i).isEvent() || end == Phase.FOREVER, line, kinds.get(i) + " happens once: it has no for and no until");
                try {
                    phases.add(new Phase(impairments.get(i), at, end));
                } catch (IllegalArgumentException e) {
                    throw new ScenarioException(file + ":" + line + ": " + e.getMessage());
                }
            }
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void require(boolean good, String message) throws ScenarioException {
        require(good, line(), message);
    }

    private void require(boolean good, int line, String message) throws ScenarioException {
        if (!good) {
            throw new ScenarioException(file + ":" + line + ": " + message);
        }
    }

    private ScenarioException wrong(String message) {
        return new ScenarioException(file + ":" + line() + ": " + message);
    }
}
