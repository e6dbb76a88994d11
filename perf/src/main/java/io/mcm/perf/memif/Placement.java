package io.mcm.perf.memif;

import java.util.Arrays;

/**
 * How far apart the cores are just now: a cache line goes from one thread to another and back. Virtual machines are moved between cores that
 * share a cache (30 to 110 ns) and cores that do not (350 to 420 ns); that alone changes every figure.
 */
public final class Placement {

    private static final int ROUNDS = 20_000;
    private static final int WINDOWS = 9;
    private static final long NEAR_NANOS = 200;

    private volatile long ball;

    private Placement() {}

    /** Median nanoseconds of a round trip. */
    public static long roundTripNanos() throws InterruptedException {
        Placement placement = new Placement();
        Thread other = Thread.ofPlatform().daemon().start(placement::answer);
        long[] windows = new long[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            windows[i] = placement.window();
        }
        placement.ball = -1;
        other.join();
        Arrays.sort(windows);
        return windows[WINDOWS / 2];
    }

    static String name(long roundTripNanos) {
        return (roundTripNanos < NEAR_NANOS ? "near" : "far") + " (" + roundTripNanos + " ns)";
    }

    private long window() {
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            ball = 1;
            while (ball == 1) {
                Thread.onSpinWait();
            }
        }
        return (System.nanoTime() - start) / ROUNDS;
    }

    private void answer() {
        for (long seen = ball; seen != -1; seen = ball) {
            if (seen == 1) {
                ball = 0;
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
