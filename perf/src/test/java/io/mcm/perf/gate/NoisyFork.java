package io.mcm.perf.gate;

import java.util.SplittableRandom;

/** A machine on which every JVM is a little faster or slower, and one in ten half as fast: a neighbour had the core. */
final class NoisyFork implements Fork {

    private static final double NANOS = 60;
    private static final double SPREAD = 0.04;
    private static final double DISTURBED = 0.1;

    private final SplittableRandom random;
    private final double slowDown;
    int runs;

    /** @param slowDown of the build named {@code fresh}, 1.1 for one that takes a tenth longer */
    NoisyFork(long seed, double slowDown) {
        random = new SplittableRandom(seed);
        this.slowDown = slowDown;
    }

    @Override
    public Measured run(Build build, Bench bench, String method) {
        runs++;
        double noise = 1 + SPREAD * random.nextGaussian();
        double neighbour = random.nextDouble() < DISTURBED ? 2 : 1;
        double work = method.equals(bench.baseline()) ? 0.5 : build.name().equals("fresh") ? slowDown : 1;
        return new Measured(NANOS * noise * neighbour * work, 0);
    }
}
