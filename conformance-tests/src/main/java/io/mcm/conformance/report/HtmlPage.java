package io.mcm.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcm.conformance.requirement.Requirement;
import io.mcm.conformance.requirement.Requirements;
import io.mcm.conformance.suite.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * One page that needs nothing else. What targets said is data, which the page's script shows as text only; should any of it ever be
 * taken for a script, the page's content security policy names the hash of the only one that may run.
 */
final class HtmlPage {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HtmlPage() {}

    /** @param results as {@link ResultJson} makes them, one for each target */
    static String of(List<JsonNode> results) throws IOException {
        String script = resource("report.js");
        String style = resource("report.css");
        return resource("report.html")
            .replace("%SCRIPT_HASH%", hash(script)).replace("%STYLE_HASH%", hash(style))
            .replace("%STYLE%", style).replace("%SCRIPT%", script)
            .replace("%DATA%", embeddable(data(results))); // last: nothing in it is a placeholder any more
    }

    private static JsonNode data(List<JsonNode> results) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        results.forEach(data.putArray("results")::add);
        ObjectNode groups = data.putObject("groups");
        for (Group group : Group.values()) {
            groups.put(group.name(), group.sentence());
        }
        for (Requirement each : Requirements.all()) {
            data.withArray("requirements").addObject().put("id", each.id()).put("level", each.level().name())
                .put("binds", each.binds().name()).put("rule", each.rule()).put("not_applicable", each.notApplicable());
        }
        return data;
    }

    /** Nothing in it can end the element that it stands in, or begin a comment there (HTML, section 4.12.1.3). */
    private static String embeddable(JsonNode data) throws IOException {
        return MAPPER.writeValueAsString(data).replace("<", "\\u003c");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As a content security policy writes it. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
