package io.mcm.camera.impair;

import io.mcm.metric.Counter;

/** What the camera did to its own packets. */
public enum ImpairCounter implements Counter {
    LOST("Packets that were not sent, as --loss asks"),
    DUPLICATED("Packets that were sent twice, as --duplicate asks"),
    REORDERED("Packets that were held back behind later ones, as --reorder asks");

    private final String sentence;

    ImpairCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
