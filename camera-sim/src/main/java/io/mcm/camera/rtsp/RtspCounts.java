package io.mcm.camera.rtsp;

import io.mcm.metric.Counters;
import java.util.Map;

/** The figures of all clients together: many threads add. */
final class RtspCounts {

    private final Counters<RtspCounter> counters = new Counters<>(RtspCounter.class);

    synchronized void add(RtspCounter counter, long amount) {
        counters.add(counter, amount);
    }

    void increment(RtspCounter counter) {
        add(counter, 1);
    }

    Map<String, Long> snapshot() {
        return counters.snapshot();
    }

    long get(RtspCounter counter) {
        return counters.get(counter);
    }
}
