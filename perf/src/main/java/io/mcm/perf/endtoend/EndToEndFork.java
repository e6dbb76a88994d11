package io.mcm.perf.endtoend;

import io.mcm.perf.gate.Bench;
import io.mcm.perf.gate.Build;
import io.mcm.perf.gate.Fork;
import io.mcm.perf.gate.Measured;
import io.mcm.perf.latency.LatencyCurve;
import io.mcm.perf.latency.LatencyRound;
import io.mcm.perf.memif.RingRound;
import io.mcm.perf.memif.RingThroughput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Measures what is judged end to end, so that the gate treats it as any bench: the baseline is the calibration right before. All else is passed
 * on to JMH. Keeps what it measured, for the plots.
 */
public final class EndToEndFork implements Fork {

    private static final double NANOS_PER_SECOND = 1e9;
    /** JMH's alone. */
    private static final double NO_ALLOCATION = Double.NaN;

    private final Fork jmh;
    private final Supplier<LatencyRound> latency;
    private final BiFunction<Integer, Integer, RingRound> memif;
    private final List<LatencyRound> latencyRounds = new ArrayList<>();
    private final Map<String, List<RingRound>> memifRounds = new LinkedHashMap<>();
    /** Rounds of each figure of the latency: p50 and p99 are of the same pictures. */
    private final Map<String, Integer> told = new HashMap<>();

    public EndToEndFork(Fork jmh) {
        this(jmh, LatencyRound::measure, RingRound::measure);
    }

    EndToEndFork(Fork jmh, Supplier<LatencyRound> latency, BiFunction<Integer, Integer, RingRound> memif) {
        this.jmh = jmh;
        this.latency = latency;
        this.memif = memif;
    }

    @Override
    public Measured run(Build build, Bench bench, String method) {
        if (!bench.isEndToEnd()) {
            return jmh.run(build, bench, method);
        }
        boolean isBaseline = method.equals(bench.baseline());
        return new Measured(bench.method().equals(Bench.LATENCY) ? latency(bench, isBaseline) : memif(bench, isBaseline), NO_ALLOCATION);
    }

    /** The baseline, which comes first, begins a round. */
    private double latency(Bench bench, boolean isBaseline) {
        int round = told.merge(bench.name(), isBaseline ? 1 : 0, Integer::sum);
        while (latencyRounds.size() < round) {
            latencyRounds.add(latency.get());
        }
        LatencyRound measured = latencyRounds.get(round - 1);
        return isBaseline ? measured.handOver() : measured.atTarget(Double.parseDouble(bench.value()));
    }

    private double memif(Bench bench, boolean isBaseline) {
        List<RingRound> rounds = memifRounds.computeIfAbsent(bench.name(), _ -> new ArrayList<>());
        if (isBaseline) {
            String[] sizeAndBurst = bench.value().split(",");
            rounds.add(memif.apply(Integer.valueOf(sizeAndBurst[0]), Integer.valueOf(sizeAndBurst[1])));
        }
        return NANOS_PER_SECOND / (isBaseline ? rounds.getLast().ceiling() : rounds.getLast().rate());
    }

    /** All rounds so far. */
    public EndToEnd measured() {
        return new EndToEnd(latencyRounds.isEmpty() ? List.of() : LatencyCurve.of(latencyRounds),
            memifRounds.values().stream().map(RingThroughput::of).toList());
    }
}
