package io.mcm.perf.report;

import io.mcm.cli.ReportPart;
import io.mcm.perf.gate.Finding;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One page that needs nothing else and runs no script. */
final class Page {

    private final Run run;
    private final History history;

    private Page(Run run, History history) {
        this.run = run;
        this.history = history;
    }

    static String of(Run run, History history) throws IOException {
        ReportPart style = ReportPart.of(Page.class, "report.css");
        return ReportPart.of(Page.class, "report.html").text().replace("%STYLE_HASH%", style.hash()).replace("%STYLE%", style.text())
            .replace("%BODY%", new Page(run, history).body()); // last: nothing in it is a placeholder any more
    }

    /** For an element's text and for an attribute in quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    private String body() {
        return """
            <header class="verdict %s">
            <h1>%s</h1>
            <p>%s</p>
            <p class="faint">mcm perf, revision <code>%s</code>, %s</p>
            </header>
            <main>
            <section><h2>Figures</h2>
            %s</section>
            %s<section><h2>Trend</h2>
            %s</section>
            <section><h2>Machine</h2>
            %s</section>
            <section><h2>Run it again</h2>
            <pre>%s</pre>
            <p class="faint">Beside this page: result.json with every round, result.csv, summary.md for a release note, plots.png.</p>
            </section>
            </main>
            """.formatted(run.worst(), FigureText.headline(run.worst()), escape(FigureText.meaning(run)), escape(run.revision()),
            escape(run.time().replace('T', ' ').replace("Z", " UTC")), figures(), EndToEndSection.of(run.endToEnd()), trends(), machine(),
            escape(run.command()));
    }

    private String figures() {
        Axis axis = Axis.of(run.findings());
        String rows = run.findings().stream().map(finding -> figure(finding, axis)).collect(Collectors.joining());
        return """
            <p class="key"><span><i class="bar"></i> 95 %% interval</span> <span><i class="tick"></i> median</span>
            <span><i class="dot"></i> a round, fresh JVMs</span> <span><i class="limit"></i> threshold = 100 %%</span></p>
            <div class="figure head"><div></div><div></div><div>%s</div></div>
            %s""".formatted(Svg.ticks(axis), rows);
    }

    private static String figure(Finding finding, Axis axis) {
        return """
            <div class="figure">
            <div class="name"><b>%s</b> <span class="judgement %s">%s</span></div>
            <div class="numbers">%s <small>%d rounds</small></div>
            <div class="chart">%s</div>
            <p class="faint">%s</p>
            </div>
            """.formatted(escape(finding.name()), finding.judgement(), FigureText.judgement(finding.judgement()),
            FigureText.figure(finding), finding.rounds(), Svg.row(finding, axis), escape(finding.reason()));
    }

    private String trends() {
        if (history.runs().size() < 2) {
            return "<p>One run so far. <code>--history perf/history</code> stores runs; from the second on their trend stands here.</p>\n"
                + elsewhere();
        }
        return "<p class=\"faint\">%d runs of this processor and JDK, the oldest at the left. %s A dashed line: the level changed (Pettitt 1979, p &le; 0.01).</p>\n"
            .formatted(history.runs().size(), elsewhere())
            + "<div class=\"trends\">" + history.trends().stream().map(Page::trend).collect(Collectors.joining()) + "</div>\n";
    }

    private String elsewhere() {
        return history.elsewhere() == 0 ? "" : "Left out, as their figures cannot be compared: stored runs of other processors or JDKs, " + history.elsewhere() + ".";
    }

    private static String trend(Trend trend) {
        String changes = trend.changes().stream().map(change -> "<br>%s times since <code>%s</code>".formatted(FigureText.of(change.factor()),
            escape(trend.points().get(change.first()).run().revision()))).collect(Collectors.joining());
        Finding last = trend.points().getLast().finding();
        return "<figure><figcaption><b>%s</b> %s%s</figcaption>%s</figure>%n".formatted(escape(trend.name()), FigureText.figure(last), changes,
            Svg.trend(trend));
    }

    private String machine() {
        return "<dl>" + facts().entrySet().stream().map(fact -> "<dt>" + fact.getKey() + "</dt><dd>" + escape(fact.getValue()) + "</dd>\n")
            .collect(Collectors.joining()) + "</dl>\n" + calibration();
    }

    private String calibration() {
        String rows = run.calibration().stream().map(figure -> String.format(Locale.ROOT, "<tr><td>%s</td><td>%,.0f %s</td></tr>%n", escape(figure.name()),
            figure.value(), escape(figure.unit()))).collect(Collectors.joining());
        return rows.isEmpty() ? "" : "<h3>What it could do at the start</h3>\n<table>" + rows + "</table>\n";
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Processor", run.before().processor() + ", " + run.before().processors() + " of it");
        facts.put("Kernel", run.before().kernel());
        facts.put("JDK", run.before().jdk());
        facts.put("Load", String.format(Locale.ROOT, "%.1f at the start, %.1f at the end", run.before().load(), run.after().load()));
        facts.put("Core to core", run.before().coreToCore() + " ns at the start, " + run.after().coreToCore() + " ns at the end");
        facts.put("Stolen by the host", String.format(Locale.ROOT, "%.1f s", run.stolenSeconds()));
        return facts;
    }
}
