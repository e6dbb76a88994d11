package io.mcm.perf.memif;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;

/**
 * Messages of one size from a fresh process to another, polling, right after the copies of the same messages by one thread.
 *
 * @param rate    messages a second
 * @param ceiling likewise
 */
public record RingRound(int size, int burst, double rate, double ceiling) {

    private static final int WARM_UP_MILLIS = 800;
    private static final int MILLIS = 400;

    /**
     * Takes about two seconds.
     *
     * @throws EnvironmentException where a process does not start
     */
    public static RingRound measure(int size, int burst) {
        Cell cell = new Cell(size, burst, true, false);
        double ceiling = CopyCeiling.rate(cell, MILLIS);
        try (PeerPair pair = PeerPair.start("builtin", RingPeer.command())) {
            pair.play(cell, WARM_UP_MILLIS);
            return new RingRound(size, burst, pair.play(cell, MILLIS).rate(), ceiling);
        } catch (IOException e) {
            throw new EnvironmentException("memif: " + e.getMessage(), e);
        }
    }
}
