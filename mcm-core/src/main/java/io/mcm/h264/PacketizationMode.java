package io.mcm.h264;

/** How NAL units are put into packets (RFC 6184 section 6). */
public enum PacketizationMode {
    /** Mode 0: one NAL unit a packet. */
    SINGLE_NAL_UNIT,
    /** Mode 1: also FU-A and STAP-A. */
    NON_INTERLEAVED,
    /** Mode 2: STAP-B, MTAP16, MTAP24, and FU-B before FU-A. */
    INTERLEAVED;

    /** Whether the mode has payloads of this type (RFC 6184 table 3); {@code type} is 0 to 31. */
    public boolean has(int type) {
        return switch (this) {
            case SINGLE_NAL_UNIT -> NalType.isSingle(type);
            case NON_INTERLEAVED -> NalType.isSingle(type) || type == NalType.STAP_A || type == NalType.FU_A;
            case INTERLEAVED -> type >= NalType.STAP_B && type <= NalType.FU_B;
        };
    }

    /** By the number that stands in a session description: 0, 1 or 2. */
    public static PacketizationMode of(int number) {
        if (number < 0 || number >= values().length) {
            throw new IllegalArgumentException("packetization mode " + number + "; allowed are 0, 1 and 2");
        }
        return values()[number];
    }
}
