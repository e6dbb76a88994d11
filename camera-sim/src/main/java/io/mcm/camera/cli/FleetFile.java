package io.mcm.camera.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of cameras (YAML). Each is written with the options of the command line, without their dashes; a list repeats its option.
 *
 * <pre>
 * cameras:
 *   - pcap: door.pcap
 *     to: 127.0.0.1:5004
 *     cameras: 100
 *     loop: 0
 *     loss: 1
 *   - synthetic: 640x480@25
 *     frames: 250
 *     to: 127.0.0.1:6004
 *     shape: frame
 * </pre>
 */
final class FleetFile {

    private static final String CAMERAS = "cameras";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private FleetFile() {}

    /**
     * The arguments of each camera.
     *
     * @throws IOException if there is no such file or it makes no sense; the message has its name and what is allowed
     */
    static List<List<String>> read(Path file) throws IOException {
        JsonNode cameras = tree(file).path(CAMERAS);
        if (!cameras.isArray() || cameras.isEmpty()) {
            throw new IOException(file + ": expected a list named cameras, like \"cameras: [{pcap: door.pcap, to: '127.0.0.1:5004'}]\"");
        }
        List<List<String>> all = new ArrayList<>();
        for (JsonNode camera : cameras) {
            if (!camera.isObject()) {
                throw new IOException(file + ": camera " + (all.size() + 1) + " is " + camera + "; expected options, like pcap: door.pcap");
            }
            all.add(arguments(camera));
        }
        return all;
    }

    private static JsonNode tree(Path file) throws IOException {
        try {
            return YAML.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException(file + ":" + line + ": no YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    private static List<String> arguments(JsonNode camera) {
        List<String> arguments = new ArrayList<>();
        camera.properties().forEach(option -> {
            if (option.getValue().isArray()) {
                option.getValue().forEach(value -> add(option.getKey(), value, arguments));
            } else {
                add(option.getKey(), option.getValue(), arguments);
            }
        });
        return arguments;
    }

    private static void add(String option, JsonNode value, List<String> arguments) {
        boolean flag = value.isBoolean() || value.isNull();
        if (!flag) {
            arguments.add("--" + option + "=" + value.asText());
        } else if (!value.isBoolean() || value.asBoolean()) {
            arguments.add("--" + option);
        }
    }
}
