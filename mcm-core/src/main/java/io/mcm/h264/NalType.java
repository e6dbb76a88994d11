package io.mcm.h264;

/** What NAL units and RTP payloads hold: ITU-T H.264 table 7-1 up to 23, RFC 6184 table 1 from 24. */
public final class NalType {

    public static final int SLICE = 1;
    public static final int PARTITION_A = 2;
    public static final int PARTITION_B = 3;
    public static final int PARTITION_C = 4;
    public static final int IDR_SLICE = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;
    public static final int END_OF_SEQUENCE = 10;
    public static final int END_OF_STREAM = 11;
    public static final int FILLER = 12;
    public static final int SPS_EXTENSION = 13;
    public static final int PREFIX = 14;
    public static final int SUBSET_SPS = 15;
    /** The last of the types from 14 on that begin an access unit (H.264 section 7.4.1.2.3). */
    public static final int RESERVED_18 = 18;
    public static final int AUXILIARY_SLICE = 19;
    /** The last type that is a NAL unit of its own. */
    public static final int LAST_SINGLE = 23;

    public static final int STAP_A = 24;
    public static final int STAP_B = 25;
    public static final int MTAP16 = 26;
    public static final int MTAP24 = 27;
    public static final int FU_A = 28;
    public static final int FU_B = 29;

    private static final String[] NAMES = {
        "0", "slice", "partition A", "partition B", "partition C", "IDR slice", "SEI", "SPS", "PPS", "AUD",
        "end of sequence", "end of stream", "filler", "SPS extension", "prefix", "subset SPS", "depth parameters", "17", "18",
        "auxiliary slice", "slice extension", "depth slice", "22", "23", "STAP-A", "STAP-B", "MTAP16", "MTAP24", "FU-A", "FU-B",
        "30", "31",
    };

    private NalType() {
    }

    /** Its name in the field, or the bare number of a reserved one; {@code type} is 0 to 31. */
    public static String name(int type) {
        return NAMES[type];
    }

    /** Whether it is a NAL unit by itself, neither reserved nor one of RFC 6184's packet structures. */
    public static boolean isSingle(int type) {
        return type >= SLICE && type <= LAST_SINGLE;
    }

    /** Whether it is one of RFC 6184's packet structures. */
    public static boolean isStructure(int type) {
        return type >= STAP_A && type <= FU_B;
    }

    /** Whether it carries coded slices of the primary picture (VCL). */
    public static boolean isSlice(int type) {
        return type >= SLICE && type <= IDR_SLICE;
    }
}
