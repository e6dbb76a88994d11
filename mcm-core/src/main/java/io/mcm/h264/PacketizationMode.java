package io.mcm.h264;

/** How NAL units are put into packets (RFC 6184 section 6). */
public enum PacketizationMode {
    /** Mode 0: one NAL unit a packet. */
    SINGLE_NAL_UNIT,
    /** Mode 1: also FU-A and STAP-A. */
    NON_INTERLEAVED
}
