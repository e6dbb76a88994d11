package io.mcm.perf.report;

import io.mcm.perf.gate.Environment;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Interval;
import io.mcm.perf.gate.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs that were never measured. */
final class Runs {

    private static final Environment MACHINE = new Environment("Test <Processor>", 2, "6.0", "25", 1.5, 100, 50);

    private Runs() {}

    static Environment machine(String processor, String jdk) {
        return new Environment(processor, 2, "6.0", jdk, 1.5, 100, 50);
    }

    static Finding finding(String name, double atMost, double... rounds) {
        Interval figure = Interval.of(rounds);
        List<Double> figures = new ArrayList<>();
        for (double round : rounds) {
            figures.add(round);
        }
        return new Finding(name, figure, atMost, Judgement.of(figure, atMost, false), figures, "reason of " + name);
    }

    static Run run(Finding... findings) {
        return new Run("2026-01-02T03:04:05Z", "abc1234", "./mcm perf --gate", MACHINE, MACHINE, List.of(findings));
    }

    static Run run(int day, Environment machine, Finding... findings) {
        return new Run(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day).toString(), "rev" + day, "./mcm perf --gate", machine, machine,
            List.of(findings));
    }

    /** One run a day, whose figure is {@code levels} with 2 % of noise. */
    static List<Run> history(String name, double... levels) {
        SplittableRandom random = new SplittableRandom(7);
        List<Run> runs = new ArrayList<>();
        for (int day = 0; day < levels.length; day++) {
            double level = levels[day] * (1 + 0.02 * random.nextGaussian());
            runs.add(run(day, MACHINE, finding(name, 4, level * 0.98, level, level * 1.03)));
        }
        return runs;
    }
}
