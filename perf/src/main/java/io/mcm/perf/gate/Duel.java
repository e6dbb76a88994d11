package io.mcm.perf.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares two builds: fresh JVMs of both in the order old, new, new, old, so that what drifts is the same for both. A bench that seems
 * slower gets as many rounds again before it is called so, and more while the rounds do not agree; it is slower where the whole interval
 * of new / old, of all rounds, is above the tolerance.
 */
public final class Duel {

    /** A machine where neighbours come and go takes its time; one that is still undecided then is too busy to tell. */
    private static final int MOST_BATCHES = 4;

    private final Fork fork;
    private final int rounds;
    private final double tolerance;
    private final Consumer<Finding> onFinding;

    /**
     * @param rounds    of old, new, new, old
     * @param tolerance the highest ratio that is no slow-down, such as 1.04
     */
    public Duel(Fork fork, int rounds, double tolerance, Consumer<Finding> onFinding) {
        this.fork = fork;
        this.rounds = rounds;
        this.tolerance = tolerance;
        this.onFinding = onFinding;
    }

    public List<Finding> fight(Build old, Build fresh, List<Bench> benches) {
        List<Finding> findings = new ArrayList<>();
        for (Bench bench : benches) {
            Finding finding = compare(old, fresh, bench);
            findings.add(finding);
            onFinding.accept(finding);
        }
        return findings;
    }

    private Finding compare(Build old, Build fresh, Bench bench) {
        List<Double> ratios = new ArrayList<>(ratios(old, fresh, bench));
        Interval figure = Interval.of(ratios);
        for (int batch = 1; isSuspect(figure, batch); batch++) {
            ratios.addAll(ratios(old, fresh, bench));
            figure = Interval.of(ratios);
        }
        return new Finding(bench.name(), figure, tolerance, judge(figure), ratios, fresh.name() + " / " + old.name());
    }

    /** Whether more rounds are due: always once before it fails, later while it is undecided. */
    private boolean isSuspect(Interval figure, int batches) {
        return switch (judge(figure)) {
            case FAIL -> batches == 1;
            case INCONCLUSIVE -> batches < MOST_BATCHES;
            default -> false;
        };
    }

    private List<Double> ratios(Build old, Build fresh, Bench bench) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double before = nanos(old, bench);
            ratios.add(nanos(fresh, bench) / before);
            double after = nanos(fresh, bench);
            ratios.add(after / nanos(old, bench));
        }
        return ratios;
    }

    private Judgement judge(Interval figure) {
        if (figure.median() <= tolerance) {
            return Judgement.PASS;
        }
        return figure.low() > tolerance ? Judgement.FAIL : Judgement.INCONCLUSIVE;
    }

    private double nanos(Build build, Bench bench) {
        return fork.run(build, bench, bench.method()).nanos();
    }
}
