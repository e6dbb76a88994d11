package io.mcm.h264;

import io.mcm.metric.Counter;

/** What became of the payloads of one H.264 stream, each way to lose one by its cause. */
public enum H264Counter implements Counter {
    NAL_UNITS("Whole NAL units delivered"),
    ACCESS_UNITS("Access units that ended"),
    FORBIDDEN_BIT("NAL units that their sender marked as damaged; dropped if strict"),
    FU_WHOLE("Fragments that are start and end of their NAL unit at once, which RFC 6184 5.8 forbids; dropped if strict"),
    FU_LOST("NAL units dropped because a packet was lost between their fragments"),
    FU_INTERRUPTED("NAL units dropped because something else came before their last fragment"),
    FU_START_MISSING("Fragments dropped because the start of their NAL unit never came"),
    FU_TOO_SHORT("Fragments dropped because they are shorter than their header bytes"),
    FU_TYPE("Fragments dropped because a NAL unit of their type cannot be fragmented"),
    FU_B_NOT_FIRST("Fragments dropped because they are FU-B and not the first of their NAL unit"),
    AGGREGATION_OVERRUN("Aggregation packets whose rest was dropped because a size reaches past the end"),
    AGGREGATION_EMPTY("NAL units of size 0 in aggregation packets, and aggregation packets without any"),
    AGGREGATION_TYPE("NAL units dropped because their type cannot be aggregated"),
    EMPTY_PAYLOAD("Packets without payload"),
    RESERVED_TYPE("Packets dropped because their type is reserved (0, 30, 31)"),
    UNDECLARED_TYPE("Packets of a type that the declared packetization mode does not have; dropped if strict"),
    EMBEDDED_START_CODE("Start codes of a byte stream inside RTP payloads, at which NAL units were parted; left in if strict"),
    MARKER_EARLY("Markers before the last NAL unit of their access unit"),
    TIMESTAMP_SPLIT("Times that the timestamp changed inside an access unit"),
    TIMESTAMP_STUCK("Access units told from the one before by their slices alone, because the timestamp stayed"),
    DON_LATE("NAL units of mode 2 dropped because others after them in decoding order had been delivered"),
    DEINTERLEAVE_EARLY("NAL units of mode 2 delivered before their time because the de-interleaving buffer was full"),
    DEINTERLEAVE_OVERSIZED("NAL units of mode 2 dropped because they are longer than the de-interleaving buffer");

    private final String sentence;

    H264Counter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
