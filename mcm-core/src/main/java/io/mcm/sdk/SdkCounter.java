package io.mcm.sdk;

import io.mcm.metric.Counter;

/** What a connection has received, and what became of it. */
public enum SdkCounter implements Counter {
    BUFFERS("Buffers handed to the application"),
    BYTES("Bytes of those buffers, without their headers"),
    MALFORMED("Buffers dropped because their headers do not fit them"),
    LOSSES("Times the proxy was lost"),
    RECONNECT_ATTEMPTS("Attempts to connect to it again"),
    RECONNECTS("Attempts that succeeded");

    private final String sentence;

    SdkCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
