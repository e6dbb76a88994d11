package io.mcm.perf.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Holds a build to thresholds. What stays undecided gets more rounds, up to a limit. */
public final class Gate {

    private final Fork fork;
    private final int rounds;
    private final int moreRounds;
    private final Consumer<Finding> onFinding;
    private final Map<String, List<Pair>> measured = new TreeMap<>();

    /** A bench and its baseline, one right after the other. */
    private record Pair(Measured bench, Measured baseline) {}

    /**
     * @param rounds     of each bench
     * @param moreRounds again, for what is undecided
     * @param onFinding  is told of each as it comes
     */
    public Gate(Fork fork, int rounds, int moreRounds, Consumer<Finding> onFinding) {
        this.fork = fork;
        this.rounds = rounds;
        this.moreRounds = moreRounds;
        this.onFinding = onFinding;
    }

    public List<Finding> hold(Build build, List<Threshold> thresholds) {
        List<Finding> findings = new ArrayList<>();
        for (Threshold threshold : thresholds) {
            Finding finding = judge(build, threshold);
            findings.add(finding);
            onFinding.accept(finding);
        }
        return findings;
    }

    private Finding judge(Build build, Threshold threshold) {
        Bench bench = Bench.named(threshold.bench());
        List<Pair> pairs = measured.computeIfAbsent(bench.name(), _ -> new ArrayList<>());
        while (pairs.size() < rounds) {
            pairs.add(measure(build, bench));
        }
        Finding finding = finding(threshold, pairs);
        while (finding.judgement() != Judgement.PASS && pairs.size() < rounds + moreRounds) {
            pairs.add(measure(build, bench));
            finding = finding(threshold, pairs);
        }
        return finding;
    }

    private Pair measure(Build build, Bench bench) {
        Measured baseline = fork.run(build, bench, bench.baseline());
        return new Pair(fork.run(build, bench, bench.method()), baseline);
    }

    private static Finding finding(Threshold threshold, List<Pair> pairs) {
        List<Double> figures = pairs.stream().map(pair -> switch (threshold.figure()) {
            case RATIO -> pair.bench().nanos() / pair.baseline().nanos();
            case ALLOCATION -> pair.bench().bytesAllocated();
            case INSTRUCTIONS -> pair.bench().instructions().orElseThrow();
        }).toList();
        Interval figure = Interval.of(figures);
        Judgement judgement = Judgement.of(figure, threshold.atMost(), threshold.onlyWarns());
        return new Finding(threshold.name(), figure, threshold.atMost(), judgement, figures, threshold.reason());
    }
}
