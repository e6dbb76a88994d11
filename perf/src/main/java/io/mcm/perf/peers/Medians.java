package io.mcm.perf.peers;

import java.io.IOException;
import java.util.Arrays;

/** Rounds of a measurement. */
final class Medians {

    private Medians() {}

    /** One round. */
    interface Round {
        double play() throws IOException, InterruptedException;
    }

    static double of(int rounds, Round round) throws IOException, InterruptedException {
        double[] figures = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            figures[i] = round.play();
        }
        Arrays.sort(figures);
        return figures[rounds / 2];
    }
}
