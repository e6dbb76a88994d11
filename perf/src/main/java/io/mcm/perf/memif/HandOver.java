package io.mcm.perf.memif;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;

/** A message every two milliseconds to a process that sleeps in between: how long until it is there, the copy included. */
public final class HandOver {

    private static final int WARM_UP_MILLIS = 3_000;

    private HandOver() {}

    /**
     * Nanoseconds, median.
     *
     * @throws EnvironmentException where a process does not start
     */
    public static double p50(int size, int millis) {
        Cell cell = new Cell(size, 1, false, false);
        try (PeerPair pair = PeerPair.start("builtin", RingPeer.command())) {
            pair.play(cell, "pace", "time", WARM_UP_MILLIS);
            return pair.play(cell, "pace", "time", millis).p50();
        } catch (IOException e) {
            throw new EnvironmentException("memif: " + e.getMessage(), e);
        }
    }
}
