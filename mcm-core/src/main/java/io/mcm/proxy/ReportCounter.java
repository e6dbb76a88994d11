package io.mcm.proxy;

import io.mcm.metric.Counter;

/** The receiver reports of a session. */
public enum ReportCounter implements Counter {
    REPORTS_SENT("Receiver reports sent to the camera"),
    REPORTS_UNSENT("Receiver reports that were due and could not be sent");

    private final String sentence;

    ReportCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
