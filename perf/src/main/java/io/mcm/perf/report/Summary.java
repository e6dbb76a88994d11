package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import java.util.stream.Collectors;

/** A run in Markdown, to be put into a release note, and as CSV. */
final class Summary {

    private Summary() {}

    static String markdown(Run run) {
        String rows = run.findings().stream().map(Summary::row).collect(Collectors.joining());
        return """
            ### Performance gate: %s

            %s Revision %s, %s.

            | figure | median (95 %% interval) | at most | rounds | |
            |---|---|---|---|---|
            %s
            %s; at the end load %.1f. Again: `%s`
            """.formatted(FigureText.headline(run.worst()).toLowerCase(java.util.Locale.ROOT), FigureText.meaning(run), text(run.revision()),
            run.time(), rows, text(run.before().describe()), run.after().load(), run.command().replace('`', '\''));
    }

    private static String row(Finding finding) {
        return "| %s | %s | %s | %d | %s |%n".formatted(text(finding.name()), FigureText.of(finding.figure()), FigureText.limit(finding.atMost()),
            finding.rounds(), FigureText.judgement(finding.judgement()));
    }

    /** What Markdown would take for a cell's end, or for HTML. */
    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replaceAll("\\R", " ");
    }

    /** RFC 4180, a line for each finding; the rounds' figures in one field, separated by spaces. */
    static String csv(Run run) {
        String rows = run.findings().stream().map(finding -> String.join(",", quoted(finding.name()), finding.judgement().name(),
            String.valueOf(finding.figure().median()), String.valueOf(finding.figure().low()), String.valueOf(finding.figure().high()),
            String.valueOf(finding.atMost()), quoted(finding.figures().stream().map(String::valueOf).collect(Collectors.joining(" "))),
            quoted(finding.reason()), run.time(), quoted(run.revision())) + "\r\n").collect(Collectors.joining());
        return "name,judgement,median,low,high,at_most,rounds,reason,time,revision\r\n" + rows;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
