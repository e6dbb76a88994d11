package io.mcm.capture;

import io.mcm.h264.NalType;

/** How a packet carries NAL units (RFC 6184 section 5.2). */
public enum Packetization {
    SINGLE("single"),
    STAP_A("STAP-A"),
    STAP_B("STAP-B"),
    MTAP16("MTAP16"),
    MTAP24("MTAP24"),
    FU_A("FU-A"),
    FU_B("FU-B"),
    RESERVED("reserved");

    private final String text;

    Packetization(String text) {
        this.text = text;
    }

    /** @param type of the payload's first byte, 0 to 31 */
    static Packetization of(int type) {
        if (NalType.isSingle(type)) {
            return SINGLE;
        }
        return NalType.isStructure(type) ? values()[STAP_A.ordinal() + type - NalType.STAP_A] : RESERVED;
    }

    /** As RFC 6184 writes it. */
    @Override
    public String toString() {
        return text;
    }
}
