package io.mcm.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.RunResult;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Evidence;
import java.util.Collection;
import java.util.HexFormat;

/** A run as JSON. */
final class ResultJson {

    /** Changes when a reader of the old one would misread the new one. */
    private static final int FORMAT = 1;
    private static final String FORMAT_FIELD = "mcm_conformance";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ResultJson() {}

    static boolean isResult(JsonNode json) {
        return json.path(FORMAT_FIELD).asInt() == FORMAT;
    }

    static ObjectNode of(RunResult result, String command) {
        ObjectNode json = JSON.objectNode();
        json.put(FORMAT_FIELD, FORMAT).put("target", result.target()).put("facts", result.facts().describe());
        json.put("profile", result.profile().toString()).put("seed", result.seed()).put("began", result.began().toString());
        json.put("command", command);
        ObjectNode environment = json.putObject("environment");
        Environment.facts().forEach(environment::put);
        ObjectNode counts = json.putObject("counts");
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict.name(), result.count(verdict));
        }
        json.put("good", result.isGood());
        ArrayNode cases = json.putArray("cases");
        result.outcomes().forEach(outcome -> cases.add(outcome(outcome, command)));
        return json;
    }

    private static ObjectNode outcome(Outcome outcome, String command) {
        ConformanceCase tried = outcome.tried();
        ObjectNode json = JSON.objectNode();
        json.put("id", tried.id()).put("group", tried.group().name()).put("profile", tried.profile().toString());
        json.set("requirements", array(tried.requirements()));
        json.set("faults", array(tried.faults()));
        json.put("sends", tried.sends()).put("expects", tried.expects()).put("why", tried.why());
        json.put("verdict", outcome.verdict().name()).put("expected", outcome.expected()).put("actual", outcome.actual());
        json.put("seconds", outcome.nanos() / NANOS_PER_SECOND);
        json.put("again", "%s --select '%s' --seed %d".formatted(command, tried.id(), outcome.seed()));
        ArrayNode evidence = json.putArray("evidence");
        outcome.evidence().entries().forEach(entry -> evidence.add(entry(entry)));
        json.put("evidence_left", outcome.evidence().left());
        return json;
    }

    private static ArrayNode array(Collection<?> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(value -> array.add(JSON.pojoNode(value)));
        return array;
    }

    /** Bytes are the first of {@code length}. */
    private static ObjectNode entry(Evidence.Entry entry) {
        ObjectNode json = JSON.objectNode();
        json.put("ms", entry.nanos() / NANOS_PER_MILLI).put("kind", entry.direction().name()).put("text", entry.text());
        if (entry.length() > 0) {
            json.put("length", entry.length()).put("hex", HexFormat.of().formatHex(entry.bytes()));
        }
        return json;
    }
}
