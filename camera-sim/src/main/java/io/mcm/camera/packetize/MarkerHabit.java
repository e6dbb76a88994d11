package io.mcm.camera.packetize;

import io.mcm.h264.NalType;

/** Which packets have the marker bit. RFC 6184 section 5.1 knows one way; cameras know more. */
public enum MarkerHabit {
    /** The last one of an access unit. */
    AU,
    /** The last one of every slice, too. */
    SLICE,
    /** The last one of every NAL unit. */
    UNIT,
    /** The last one of an access unit, and each with a parameter set or SEI. */
    PARAMETER_SETS,
    /** None. */
    NEVER;

    /**
     * @param last whether it is the access unit's last packet
     * @param ends whether a NAL unit ends in it
     * @param type of this NAL unit
     */
    boolean marks(boolean last, boolean ends, int type) {
        return switch (this) {
            case AU -> last;
            case SLICE -> last || ends && NalType.isSlice(type);
            case UNIT -> last || ends;
            case PARAMETER_SETS -> last || ends && !NalType.isSlice(type);
            case NEVER -> false;
        };
    }
}
