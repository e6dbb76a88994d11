package io.mcm.perf.report;

import io.mcm.perf.calibration.CalibrationFigure;
import io.mcm.perf.endtoend.EndToEnd;
import io.mcm.perf.gate.Environment;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One run of the gate, as it is stored.
 *
 * @param time     of its end, UTC, ISO 8601
 * @param revision of the sources, or {@link #UNKNOWN}
 * @param command  that plays the same again
 * @param before   the machine at the start
 * @param after    and at the end
 * @param calibration what it could do at the start
 */
public record Run(String time, String revision, String command, Environment before, Environment after, List<CalibrationFigure> calibration,
    List<Finding> findings, EndToEnd endToEnd) {

    public static final String UNKNOWN = "unknown";

    /** Of the clock in user space, proc(5). */
    private static final double TICKS_PER_SECOND = 100;

    public Run {
        calibration = List.copyOf(calibration);
        findings = List.copyOf(findings);
        Instant.parse(time);
    }

    /** Before it is known when and of what: what {@link #of} is told. */
    public record Ended(Environment before, Environment after, List<CalibrationFigure> calibration, List<Finding> findings, EndToEnd endToEnd) {}

    /** @param home the folder of this project, a git repository where it is one */
    public static Run of(Path home, String command, Ended run) {
        return new Run(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), revisionOf(home), command, run.before, run.after, run.calibration,
            run.findings, run.endToEnd);
    }

    private static String revisionOf(Path home) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*").directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
            return git.onExit().join().exitValue() == 0 && !said.isEmpty() ? said : UNKNOWN;
        } catch (IOException _) {
            return UNKNOWN;
        }
    }

    public Judgement worst() {
        return findings.stream().map(Finding::judgement).reduce(Judgement.PASS, Judgement::and);
    }

    long count(Judgement judgement) {
        return findings.stream().filter(finding -> finding.judgement() == judgement).count();
    }

    /** Whether figures of both may stand in one line: the ratio to a copy is another on another processor. */
    boolean isOfMachineOf(Run other) {
        return before.processor().equals(other.before.processor()) && before.processors() == other.before.processors()
            && before.jdk().equals(other.before.jdk());
    }

    /** Seconds of processors that the host gave to others meanwhile. */
    double stolenSeconds() {
        return Math.max(0, after.stealTicks() - before.stealTicks()) / TICKS_PER_SECOND;
    }
}
