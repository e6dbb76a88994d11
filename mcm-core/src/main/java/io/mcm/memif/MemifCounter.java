package io.mcm.memif;

import io.mcm.metric.Counter;

/** What became of the clients of a {@link MemifServer}. Every one of {@link #CONNECTED} ends in one of the three after it. */
public enum MemifCounter implements Counter {

    CONNECTED("Clients whose handshake was done."),
    LEFT("Clients that disconnected or died; what lay unread in their rings is lost."),
    EXPELLED("Clients that broke a rule of memif when connected, and were disconnected with a reason."),
    DISMISSED("Clients that the interface's owner disconnected."),

    REFUSED("Clients that were sent away in their handshake with a reason: a broken rule, no such interface, a wrong secret."),
    CROWDED_OUT("Clients that were sent away in their handshake, because too many were in theirs."),
    ACCEPT_PAUSED("Times that connections were left waiting for a moment, because no file descriptor was free.");

    private final String sentence;

    MemifCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public String label() {
        return "memif_" + Counter.super.label();
    }
}
