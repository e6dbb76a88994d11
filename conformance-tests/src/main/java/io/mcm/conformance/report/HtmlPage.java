package io.mcm.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcm.cli.ReportPart;
import io.mcm.conformance.requirement.Requirement;
import io.mcm.conformance.requirement.Requirements;
import io.mcm.conformance.suite.Group;
import java.io.IOException;
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
        ReportPart script = ReportPart.of(HtmlPage.class, "report.js");
        ReportPart style = ReportPart.of(HtmlPage.class, "report.css");
        return ReportPart.of(HtmlPage.class, "report.html").text()
            .replace("%SCRIPT_HASH%", script.hash()).replace("%STYLE_HASH%", style.hash())
            .replace("%STYLE%", style.text()).replace("%SCRIPT%", script.text())
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
}
