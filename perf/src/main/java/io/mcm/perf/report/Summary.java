package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run in Markdown, to be put into a release note, and as CSV. */
final class Summary {

    private static final double MILLION = 1e6;
    private static final double GIGA = 1e9;

    private Summary() {}

    static String markdown(Run run) {
        String rows = run.findings().stream().map(Summary::row).collect(Collectors.joining());
        return """
            ### Performance gate: %s

            %s Revision %s, %s.

            | figure | median (95 %% interval) | at most | rounds | |
            |---|---|---|---|---|
            %s
            %s%s; at the end load %.1f, core to core %d ns; the host took %.1f s. Again: `%s`
            """.formatted(FigureText.headline(run.worst()).toLowerCase(Locale.ROOT), FigureText.meaning(run), text(run.revision()),
            run.time(), rows, endToEnd(run) + calibration(run), text(run.before().describe()), run.after().load(), run.after().coreToCore(),
            run.stolenSeconds(), run.command().replace('`', '\''));
    }

    private static String row(Finding finding) {
        return "| %s | %s | %s | %d | %s |%n".formatted(text(finding.name()), FigureText.of(finding.figure()), FigureText.limit(finding.atMost()),
            finding.rounds(), FigureText.judgement(finding.judgement()));
    }

    private static String endToEnd(Run run) {
        String latency = run.endToEnd().latency().stream().map(curve -> String.format(Locale.ROOT, "| %.0f pictures/s | %.0f | %.2f | %.0f | %.2f | %d of %d |%n",
            curve.picturesPerSecond(), curve.p50(), curve.p50Ratio(), curve.p99(), curve.p99Ratio(), curve.lost(), curve.sent())).collect(Collectors.joining());
        String memif = run.endToEnd().memif().stream().map(figure -> String.format(Locale.ROOT, "| %d B, bursts of %d | %s | %.2f | %.2f |%n", figure.size(),
            figure.burst(), FigureText.brief(figure.messages() / MILLION), figure.bytesPerSecond() / GIGA, figure.ratio())).collect(Collectors.joining());
        return table("| camera to consumer | p50, us | / calibration | p99, us | / calibration | lost |\n|---|---|---|---|---|---|\n", latency)
            + table("| memif, polling | M/s | GB/s | of the copies |\n|---|---|---|---|\n", memif);
    }

    private static String calibration(Run run) {
        return table("| calibration | |\n|---|---|\n", run.calibration().stream().map(figure -> String.format(Locale.ROOT, "| %s | %.0f %s |%n",
            text(figure.name()), figure.value(), text(figure.unit()))).collect(Collectors.joining()));
    }

    private static String table(String header, String rows) {
        return rows.isEmpty() ? "" : header + rows + "\n";
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
