package io.mcm.camera.source;

import io.mcm.metric.Counter;

/** What of a capture could not be replayed. */
public enum ReplayCounter implements Counter {
    TRUNCATED_RECORDS("packets left out because the capture's snap length cut them"),
    DAMAGED_RECORDS("places where the capture is cut or damaged, and was read on behind");

    private final String sentence;

    ReplayCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
