package io.mcm.rtp;

import io.mcm.metric.Counter;

/** What happened to the datagrams of one RTP port; every packet that is not passed on is in one of these figures. */
public enum RtpCounter implements Counter {
    PACKETS("RTP packets of the selected source that arrived, duplicates and late ones among them"),
    BYTES("Bytes of those packets, RTP headers included"),
    LOST("Packets missing from the sequence when the reorder window gave them up"),
    DUPLICATED("Packets dropped because the same sequence number had arrived before"),
    REORDERED("Packets that arrived after one with a higher sequence number and were put back in order"),
    SEQUENCE_SHARED("Packets with the sequence number of the one before, but another payload type: both are looked at"),
    LATE("Packets dropped because the reorder window had given them up, or from before the first packet"),
    STRAY("Packets dropped because they were far from the sequence and no second one confirmed a restart"),
    RESTART("Times the same source began its sequence anew"),
    SOURCE_CHANGE("Times another source took over from one that had fallen silent or said BYE"),
    SSRC_CONTINUED("Times the selected source changed its SSRC and went on with its sequence"),
    SOURCE_LEFT("Times the selected source said BYE"),
    PAYLOAD_TYPE_CHANGE("Times the selected source changed its payload type for good"),
    TOO_SHORT("Datagrams dropped because they are shorter than an RTP header"),
    WRONG_VERSION("Datagrams dropped because their version is not 2"),
    PADDING_EMPTY("Packets whose padding bit is set though they have no padding; dropped if strict"),
    OVERRUN("Datagrams dropped because CSRCs, extension or padding reach past their end"),
    RTCP("RTCP datagrams on the RTP port"),
    RTCP_PAYLOAD_TYPE("Packets dropped because their payload type, 64 to 95, cannot be told from RTCP (RFC 5761)"),
    FOREIGN_SSRC("Packets dropped because they belong to another source than the selected one"),
    FOREIGN_PAYLOAD_TYPE("Packets dropped because their payload type is not the stream's");

    private final String sentence;

    RtpCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
