package io.mcm.perf.memif;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Throughput of one size of messages, medians over the rounds of a run.
 *
 * @param size     bytes
 * @param messages a second
 * @param ceiling  the same, copied by one thread that tells nobody
 * @param ratio    of both, 1 is as fast as copies are
 */
public record RingThroughput(int size, int burst, double messages, double ceiling, double ratio) {

    /** @param rounds of one size and burst */
    public static RingThroughput of(List<RingRound> rounds) {
        RingRound first = rounds.getFirst();
        return new RingThroughput(first.size(), first.burst(), median(rounds, RingRound::rate), median(rounds, RingRound::ceiling),
            median(rounds, round -> round.rate() / round.ceiling()));
    }

    private static double median(List<RingRound> rounds, ToDoubleFunction<RingRound> figure) {
        return rounds.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    public double bytesPerSecond() {
        return messages * size;
    }

    public double ceilingBytesPerSecond() {
        return ceiling * size;
    }
}
