package io.mcm.camera.source;

/**
 * In which packets the NAL units that follow are to be sent, for sources that care.
 *
 * @param structure      the packet structure
 * @param joins          whether the unit goes into the same aggregation packet as the one before
 * @param fragmentLength bytes of each fragment; 0 for as many as fit
 * @param don            the unit's decoding order number, of which the low 16 bits count
 * @param relative       whether {@code don} is to be added to that of the unit before
 * @param ticks          how much later than its access unit the unit is, in ticks of 90 kHz; for MTAPs
 */
public record Packaging(Structure structure, boolean joins, int fragmentLength, int don, boolean relative, int ticks) {

    /** As the packetizer sees fit. */
    public static final Packaging AUTO = new Packaging(Structure.AUTO, false, 0, 1, true, 0);

    /** RFC 6184 table 1, and two more. */
    public enum Structure {
        /** A single NAL unit packet, or FU-A where it does not fit. */
        AUTO,
        SINGLE, STAP_A, STAP_B, MTAP16, MTAP24, FU_A, FU_B,
        /** The bytes are a payload as they stand, and need not be a NAL unit. */
        PAYLOAD;

        /** Whether several units may share a packet. */
        public boolean isAggregation() {
            return this == STAP_A || this == STAP_B || this == MTAP16 || this == MTAP24;
        }
    }
}
