package io.mcm.perf.gate;

import java.util.List;

/**
 * What was found for a threshold, or for a bench of two builds.
 *
 * @param figure  what the rounds say together
 * @param figures each round's own, in the order measured: of fresh JVMs of each side
 */
public record Finding(String name, Interval figure, double atMost, Judgement judgement, List<Double> figures, String reason) {

    public Finding {
        figures = List.copyOf(figures);
    }

    public int rounds() {
        return figures.size();
    }
}
