package io.mcm.camera.record;

import io.mcm.metric.Counter;

/** What a live capture saw. */
public enum RecordCounter implements Counter {
    PACKETS("Packets in the recording"),
    KERNEL_DROPPED("Packets that are not in the recording, because the kernel's buffer for it was full"),
    INTERFACE_DROPPED("Packets that are not in the recording, because the interface lost them"),
    CUT("Packets in the recording of which only the beginning is there");

    private final String sentence;

    RecordCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
