package io.mcm.sdk;

import io.mcm.metric.Counter;

/** What a connection has received. */
public enum SdkCounter implements Counter {
    BUFFERS("Buffers handed to the application"),
    BYTES("Bytes of those buffers, without their headers"),
    MALFORMED("Buffers dropped because their header does not fit them");

    private final String sentence;

    SdkCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
