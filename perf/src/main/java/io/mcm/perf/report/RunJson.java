package io.mcm.perf.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcm.cli.EnvironmentException;
import io.mcm.metric.FileTrouble;
import io.mcm.perf.endtoend.EndToEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run as JSON. */
final class RunJson {

    private static final String FORMAT_FIELD = "mcm_perf";
    /** Changes when a reader of the old one would misread the new one. */
    private static final int FORMAT = 1;
    private static final String JUDGEMENT = "judgement";
    private static final String CALIBRATION = "calibration";
    private static final String END_TO_END = "end_to_end";

    private static final ObjectMapper MAPPER = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private RunJson() {}

    static String of(Run run) throws JsonProcessingException {
        ObjectNode json = MAPPER.createObjectNode().put(FORMAT_FIELD, FORMAT).put(JUDGEMENT, run.worst().name());
        json.setAll((ObjectNode) MAPPER.valueToTree(run));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /** Runs were stored before these were in them. */
    private static ObjectNode completed(ObjectNode json) {
        if (!json.has(CALIBRATION)) {
            json.putArray(CALIBRATION);
        }
        if (!json.has(END_TO_END)) {
            json.set(END_TO_END, MAPPER.valueToTree(EndToEnd.NONE));
        }
        return json;
    }

    /** @throws EnvironmentException where the file is something else */
    static Run read(Path file) {
        try {
            ObjectNode json = MAPPER.readValue(Files.readString(file), ObjectNode.class);
            if (json.path(FORMAT_FIELD).asInt() == FORMAT) {
                return MAPPER.treeToValue(completed(json), Run.class);
            }
        } catch (JsonProcessingException e) {
            throw new EnvironmentException(file + " is no run of mcm perf --gate: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new EnvironmentException(file + ": " + FileTrouble.reason(e), e);
        }
        throw new EnvironmentException(file + " is no run of mcm perf --gate: " + FORMAT_FIELD + " is not " + FORMAT);
    }
}
