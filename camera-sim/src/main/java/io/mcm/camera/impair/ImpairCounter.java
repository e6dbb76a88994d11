package io.mcm.camera.impair;

import io.mcm.metric.Counter;

/** What the camera did to its own packets. */
public enum ImpairCounter implements Counter {
    LOST("Packets that were not sent, by chance one by one"),
    BURST_LOST("Packets that were not sent, by chance in bursts"),
    SILENCED("Packets that were not sent, because nothing was in that time"),
    QUEUE_DROPPED("Packets that were not sent, because the queue before the limited rate was full"),
    NOT_HELD("Packets that were not sent, because as many were held already as can be"),
    REORDERED("Packets that were held back behind later ones"),
    DUPLICATED("Packets that were sent twice"),
    DELAYED("Packets that were sent later by the same time each"),
    JITTERED("Packets that were sent later by a time of their own each"),
    QUEUED("Packets that waited for the limited rate"),
    STALLED("Packets that were held until a stall ended"),
    BIT_ERRORS("Packets in which bits were flipped"),
    TRUNCATED("Packets that were cut"),
    DRIFTED("Packets whose time was moved because the camera's clock runs fast or slow"),
    RENUMBERED("Packets whose SSRC, sequence number or timestamp is another than the source's"),
    SSRC_CHANGE("Times the SSRC changed"),
    RESTART("Times SSRC, sequence number and timestamp began anew"),
    TIMESTAMP_JUMP("Times the timestamp jumped"),
    SEQUENCE_JUMP("Times the sequence number jumped");

    private final String sentence;

    ImpairCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
