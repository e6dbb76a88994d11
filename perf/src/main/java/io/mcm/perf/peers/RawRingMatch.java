package io.mcm.perf.peers;

import io.mcm.cli.EnvironmentException;
import io.mcm.perf.memif.Placement;
import io.mcm.perf.memif.RingRound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Our memif against a ring in C that checks nothing: round by round, as the cores move. */
final class RawRingMatch implements Match {

    private static final int SIZE = 64;
    private static final int BURST = 64;
    /** As the cell of {@code mcm perf memif} has them. */
    private static final int LOG2_RING_SIZE = 10;
    private static final int BUFFER = 2_048;
    private static final int MILLIS = 400;
    /** A cache line there and back takes longer only where the two threads had no core each. */
    private static final long FREE_NANOS = 1_000;
    private static final double MILLION = 1e6;

    private final int rounds;

    RawRingMatch(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String work() {
        return "memif between processes, polling, 64 B, bursts of 64";
    }

    @Override
    public String peer() {
        return "raw ring in C";
    }

    @Override
    public Goal goal() {
        return new Goal(0.8, true);
    }

    @Override
    public Optional<String> missing() {
        return Tool.compiler();
    }

    @Override
    public Played play() throws IOException, InterruptedException {
        Path program = Tool.compile("raw_ring.c");
        double[] ours = new double[rounds];
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ours[i] = RingRound.measure(SIZE, BURST).rate();
            ratios[i] = ours[i] / raw(program);
        }
        int[] next = {0, 0};
        double median = Medians.of(rounds, () -> ours[next[0]++]);
        double ratio = Medians.of(rounds, () -> ratios[next[1]++]);
        long nanos = Placement.roundTripNanos();
        return new Played(median / MILLION, median / MILLION / ratio, "M messages/s", "core to core " + nanos + " ns", nanos < FREE_NANOS);
    }

    private static double raw(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString(), String.valueOf(SIZE), String.valueOf(BURST), String.valueOf(LOG2_RING_SIZE),
            String.valueOf(BUFFER), String.valueOf(MILLIS)).start();
        String[] words = new String(process.getInputStream().readAllBytes()).strip().split(" ");
        if (process.waitFor() != 0 || words.length != 3 || !words[2].equals("0")) {
            throw new EnvironmentException("the raw ring said '" + String.join(" ", words) + "', expected a rate without gaps");
        }
        return Double.parseDouble(words[1]);
    }
}
