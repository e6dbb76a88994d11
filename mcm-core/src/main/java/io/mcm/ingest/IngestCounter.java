package io.mcm.ingest;

import io.mcm.metric.Counter;

/** What can go wrong between the wire and a batch. */
public enum IngestCounter implements Counter {
    RECEIVE_FAILED("Looks for datagrams that failed for another reason than that none waited");

    private final String sentence;

    IngestCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
