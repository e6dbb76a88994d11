package io.mcm.proxy;

import io.mcm.metric.Histogram;

/** How many datagrams of a session are taken in one turn of its worker: 1 where the worker waits for the camera, more where packets wait for it. */
final class TurnSize {

    /** Twofold steps. A worker's whole turn is four batches of 16 datagrams, or trains of them: a session whose turns end there or above has more waiting. */
    private static final long[] BOUNDS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private TurnSize() {}

    static Histogram histogram() {
        return new Histogram(BOUNDS);
    }
}
