package io.mcm.endtoend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4 and refuses what promtool would: a family is HELP, TYPE and then all its samples; names and units follow the
 * conventions; no sample comes twice; a histogram's buckets add up.
 */
final class PrometheusText {

    private static final Pattern SAMPLE = Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{(.*)})? ([^ ]+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final Pattern DECLARATION = Pattern.compile("# (HELP|TYPE) (mcm_[a-z0-9_]+) (.+)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

    /** By name and labels, labels in their order of names, {@code le} left in. */
    private final Map<String, Map<Map<String, String>, Double>> samples = new LinkedHashMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private String family = "";

    private PrometheusText() {}

    static PrometheusText parse(String text) {
        require(text.endsWith("\n"), "a last line that ends", text);
        PrometheusText parsed = new PrometheusText();
        text.lines().forEach(parsed::line);
        parsed.types.forEach(parsed::checkFamily);
        return parsed;
    }

    private static void require(boolean met, String wanted, String got) {
        if (!met) {
            throw new AssertionError("wanted " + wanted + ", got: " + got);
        }
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            declaration(line);
        } else {
            sample(line);
        }
    }

    private void declaration(String line) {
        Matcher matcher = DECLARATION.matcher(line);
        require(matcher.matches(), "HELP or TYPE with a name and a text", line);
        String name = matcher.group(2);
        if (matcher.group(1).equals("HELP")) {
            require(helps.put(name, matcher.group(3)) == null, "HELP once", line);
            require(!closed.contains(name), "a family in one piece", line);
            closed.add(family);
            family = name;
        } else {
            require(name.equals(family) && types.put(name, matcher.group(3)) == null, "TYPE once and after its HELP", line);
            require(TYPES.contains(matcher.group(3)), "a known type", line);
        }
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        require(matcher.matches(), "a sample", line);
        require(names(types.get(family)).contains(matcher.group(1)), "a sample of " + family, line);
        Map<String, String> labels = labels(matcher.group(2) == null ? "" : matcher.group(2), line);
        double value = Double.parseDouble(matcher.group(3));
        require(samples.computeIfAbsent(matcher.group(1), _ -> new LinkedHashMap<>()).put(labels, value) == null, "a sample once", line);
    }

    private Set<String> names(String type) {
        require(type != null, "TYPE before samples", family);
        return type.equals("histogram") ? Set.of(family + "_bucket", family + "_count", family + "_sum") : Set.of(family);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher matcher = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            require(matcher.find(end) && matcher.start() == end, "labels", line);
            require(labels.put(matcher.group(1), matcher.group(2)) == null, "a label once", line);
            end = matcher.end();
        }
        return labels;
    }

    private void checkFamily(String name, String type) {
        require(name.endsWith("_total") == type.equals("counter"), "_total for counters and for nothing else", name + " " + type);
        require(!name.matches(".*_(milliseconds|ms|nanos|ns|kilobytes|bits)(_total)?"), "base units", name);
        if (type.equals("counter")) {
            samples(name).forEach((labels, value) -> require(value >= 0, "a counter from 0 on", name + labels));
        } else if (type.equals("histogram")) {
            samples(name + "_count").forEach((labels, count) -> checkBuckets(name, labels, count));
        }
    }

    private void checkBuckets(String name, Map<String, String> labels, double count) {
        double bound = Double.NEGATIVE_INFINITY;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets(name, labels)) {
            require(bucket.getKey() > bound && bucket.getValue() >= below, "buckets that ascend", name + labels + bucket);
            bound = bucket.getKey();
            below = bucket.getValue();
        }
        require(bound == Double.POSITIVE_INFINITY && below == count, "a last bucket +Inf with all " + count, name + labels + below);
        require(samples(name + "_sum").containsKey(labels), "a sum", name + labels);
    }

    /** Bound and cumulative count, as they stand. */
    List<Map.Entry<Double, Double>> buckets(String name, Map<String, String> labels) {
        List<Map.Entry<Double, Double>> found = new ArrayList<>();
        samples(name + "_bucket").forEach((own, value) -> {
            Map<String, String> rest = new LinkedHashMap<>(own);
            String bound = rest.remove("le");
            if (rest.equals(labels)) {
                found.add(Map.entry(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), value));
            }
        });
        return found;
    }

    /** Labels to value; empty where there is no such sample. */
    Map<Map<String, String>, Double> samples(String name) {
        return samples.getOrDefault(name, Map.of());
    }

    double value(String name, Map<String, String> labels) {
        Double value = samples(name).get(labels);
        require(value != null, name + labels, samples(name).toString());
        return value;
    }

    /** Name to help of all families. */
    Map<String, String> helps() {
        return helps;
    }
}
