package io.mcm.perf.report;

import io.mcm.perf.calibration.CalibrationFigure;
import io.mcm.perf.endtoend.EndToEnd;
import io.mcm.perf.gate.Environment;
import io.mcm.perf.gate.Finding;
import io.mcm.perf.gate.Interval;
import io.mcm.perf.gate.Judgement;
import io.mcm.perf.latency.LatencyCurve;
import io.mcm.perf.memif.RingThroughput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs that were never measured. */
final class Runs {

    private static final Environment MACHINE = new Environment("Test <Processor>", 2, "6.0", "25", 1.5, 100, 50);

    private static final List<CalibrationFigure> CALIBRATION = List.of(new CalibrationFigure("eventfd <wake-up>", 25_900, "ns"));

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
        return new Run("2026-01-02T03:04:05Z", "abc1234", "./mcm perf --gate", MACHINE, MACHINE, CALIBRATION, List.of(findings), EndToEnd.NONE);
    }

    static Run run(EndToEnd measured) {
        return new Run("2026-01-02T03:04:05Z", "abc1234", "./mcm perf --gate", MACHINE, MACHINE, CALIBRATION, List.of(finding("a", 4, 2)), measured);
    }

    static Run run(int day, Environment machine, Finding... findings) {
        return new Run(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day).toString(), "rev" + day, "./mcm perf --gate", machine, machine,
            CALIBRATION, List.of(findings), EndToEnd.NONE);
    }

    /** Three rates and, of two bursts, three sizes. */
    static EndToEnd endToEnd() {
        List<LatencyCurve> curves = List.of(curve(30, 270), curve(300, 110), curve(1_000, 105));
        List<RingThroughput> memif = List.of(throughput(64, 64, 59e6, 388e6), throughput(64, 1, 38e6, 243e6), throughput(1_500, 64, 23e6, 62e6),
            throughput(1_500, 1, 19e6, 62e6), throughput(16_384, 64, 3.3e6, 6.4e6), throughput(262_144, 64, 197e3, 193e3),
            throughput(1 << 20, 64, 41e3, 47e3));
        return new EndToEnd(curves, memif);
    }

    private static LatencyCurve curve(double rate, double p50) {
        List<LatencyCurve.Point> points = new ArrayList<>();
        for (double percentile : new double[] {50, 75, 90, 95, 99, 99.5, 99.9}) {
            points.add(new LatencyCurve.Point(percentile, p50 * Math.pow(100 - percentile, -0.6) * 10.5));
        }
        return new LatencyCurve(rate, 12, 900, 1, 60, p50, 10 * p50, p50 / 60, p50 / 6, points);
    }

    private static RingThroughput throughput(int size, int burst, double rate, double ceiling) {
        return new RingThroughput(size, burst, rate, ceiling, rate / ceiling);
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
