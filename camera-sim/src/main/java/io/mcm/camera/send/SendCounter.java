package io.mcm.camera.send;

import io.mcm.metric.Counter;

/** What became of packets that were to leave by UDP. */
public enum SendCounter implements Counter {
    REFUSED("times that earlier packets came back because nothing listened there"),
    RTCP_REFUSED("times that earlier RTCP packets came back because nothing listened there"),
    NOT_TAKEN("packets that the kernel did not take, for the reason that is logged");

    private final String sentence;

    SendCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
