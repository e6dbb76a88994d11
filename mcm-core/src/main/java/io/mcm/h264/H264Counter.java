package io.mcm.h264;

import io.mcm.metric.Counter;

/** What became of the payloads of one H.264 stream, each way to lose one by its cause. */
public enum H264Counter implements Counter {
    NAL_UNITS("Whole NAL units delivered"),
    ACCESS_UNITS("Access units that ended"),
    FORBIDDEN_BIT("NAL units delivered although their sender marked them as damaged"),
    FU_WHOLE("NAL units delivered although one fragment was start and end at once, which RFC 6184 5.8 forbids"),
    FU_LOST("NAL units dropped because a packet was lost between their fragments"),
    FU_INTERRUPTED("NAL units dropped because something else came before their last fragment"),
    FU_START_MISSING("Fragments dropped because the start of their NAL unit never came"),
    FU_TOO_SHORT("Fragments dropped because they are shorter than their two header bytes"),
    FU_TYPE("Fragments dropped because a NAL unit of their type cannot be fragmented"),
    STAP_OVERRUN("Aggregation packets whose rest was dropped because a size reaches past the end"),
    STAP_EMPTY("NAL units of size 0 in aggregation packets, and aggregation packets without any"),
    STAP_TYPE("NAL units dropped because their type cannot be aggregated"),
    EMPTY_PAYLOAD("Packets without payload"),
    UNSUPPORTED_TYPE("Packets dropped because they need packetization mode 2 (STAP-B, MTAP, FU-B)"),
    RESERVED_TYPE("Packets dropped because their type is reserved (0, 30, 31)");

    private final String sentence;

    H264Counter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
