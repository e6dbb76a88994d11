package io.mcm.ingest;

import io.mcm.metric.Counter;

/** What can go wrong between the wire and a batch. */
public enum IngestCounter implements Counter {
    RECEIVE_FAILED("Looks for datagrams that failed for another reason than that none waited"),
    KERNEL_DROPS("Datagrams that the kernel dropped because the socket's receive buffer was full; a train of them that came in one piece counts once"),
    STRANGERS("Datagrams left out because they are not from the sender that the session is for");

    private final String sentence;

    IngestCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
