package io.mcm.rtp;

import io.mcm.metric.Counter;

/** What happened to the datagrams of one RTP port; every packet that is not passed on is in one of these figures. */
public enum RtpCounter implements Counter {
    PACKETS("RTP packets of the selected source that arrived, duplicates and late ones among them"),
    BYTES("Bytes of those packets, RTP headers included"),
    LOST("Packets missing from the sequence when the reorder window gave them up"),
    DUPLICATED("Packets dropped because the same sequence number had arrived before"),
    REORDERED("Packets that arrived after one with a higher sequence number and were put back in order"),
    LATE("Packets dropped because the reorder window had given them up, or from before the first packet"),
    STRAY("Packets dropped because they were far from the sequence and no second one confirmed a restart"),
    RESTART("Times the same source began its sequence anew"),
    SOURCE_CHANGE("Times a new source took over from one that had fallen silent"),
    TOO_SHORT("Datagrams dropped because they are shorter than an RTP header"),
    WRONG_VERSION("Datagrams dropped because their version is not 2"),
    OVERRUN("Datagrams dropped because CSRCs, extension or padding reach past their end"),
    RTCP("RTCP packets on the RTP port"),
    FOREIGN_SSRC("Packets dropped because they belong to another source than the selected one"),
    FOREIGN_PAYLOAD_TYPE("Packets dropped because their payload type is not the session's");

    private final String sentence;

    RtpCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
