package io.mcm.perf.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcm.cli.EnvironmentException;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads {@code perf/thresholds.yaml}: a map of bench names, each with some of {@code ratio}, {@code allocation}, {@code instructions}; {@code level} and
 * {@code reason}. The level is not the allocation's, which does not depend on the machine and always fails.
 */
public final class Thresholds {

    private static final Set<String> KEYS = Set.of("ratio", "allocation", "instructions", "level", "reason");
    private static final Set<String> LEVELS = Set.of("fail", "warn");

    private Thresholds() {}

    /** @throws EnvironmentException where the file cannot be read or says something else, with what is allowed */
    public static List<Threshold> read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new EnvironmentException("thresholds " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    static List<Threshold> parse(String source, String text) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new EnvironmentException(source + ": " + e.getOriginalMessage(), e);
        }
        List<Threshold> all = new ArrayList<>();
        root.properties().forEach(entry -> add(source + ": " + entry.getKey(), entry.getKey(), entry.getValue(), all));
        if (all.isEmpty()) {
            throw new EnvironmentException(source + ": no threshold in it");
        }
        return all;
    }

    private static void add(String where, String bench, JsonNode node, List<Threshold> all) {
        Set<String> names = Stream.concat(Bench.all().stream(), Bench.endToEnd().stream()).map(Bench::name)
            .collect(Collectors.toCollection(java.util.TreeSet::new));
        require(names.contains(bench), where + ": there is no such bench; allowed are " + String.join(", ", names));
        node.fieldNames().forEachRemaining(key -> require(KEYS.contains(key), where + ": " + key + "; allowed are " + KEYS));
        String level = node.path("level").asText("fail");
        require(LEVELS.contains(level), where + ": level " + level + "; allowed are fail and warn");
        require(!node.path("reason").asText().isBlank(), where + ": a reason is missing");
        require(node.has("ratio") || node.has("allocation") || node.has("instructions"), where + ": neither ratio, allocation nor instructions");
        require(!Bench.named(bench).isEndToEnd() || !node.has("allocation") && !node.has("instructions"),
            where + ": of what runs end to end only ratio is measured");
        for (Threshold.Figure figure : Threshold.Figure.values()) {
            JsonNode limit = node.get(figure.name().toLowerCase(java.util.Locale.ROOT));
            if (limit != null) {
                require(limit.isNumber() && limit.asDouble() >= 0, where + ": " + limit + "; a number of 0 and more is needed");
                boolean onlyWarns = level.equals("warn") && figure != Threshold.Figure.ALLOCATION;
                all.add(new Threshold(bench, figure, limit.asDouble(), onlyWarns, node.get("reason").asText()));
            }
        }
    }

    private static void require(boolean good, String message) {
        if (!good) {
            throw new EnvironmentException(message);
        }
    }
}
