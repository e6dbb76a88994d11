package io.mcm.h264.parameter;

/**
 * Names of profiles and levels as the field writes them (ITU-T H.264 annex A), from the three bytes that an SPS, the SDP parameter
 * {@code profile-level-id} and avcC have in common: profile_idc, constraint flags (set 0 in the highest bit), level_idc.
 */
public final class Profile {

    public static final int BASELINE = 66;
    public static final int MAIN = 77;
    public static final int EXTENDED = 88;
    public static final int HIGH = 100;
    public static final int HIGH_10 = 110;
    public static final int HIGH_422 = 122;
    public static final int HIGH_444 = 244;
    public static final int CAVLC_444 = 44;

    private static final int CONSTRAINT_SET_1 = 0x40;
    private static final int CONSTRAINT_SET_3 = 0x10;
    private static final int CONSTRAINT_SET_4 = 0x08;
    private static final int CONSTRAINT_SET_5 = 0x04;
    private static final int LEVEL_1B = 9;
    private static final int LEVEL_1_1 = 11;

    private Profile() {}

    /** Like {@code High} or {@code Constrained Baseline}; {@code profile 99} where the number is unknown. */
    public static String name(int profile, int constraints) {
        return switch (profile) {
            case BASELINE -> has(constraints, CONSTRAINT_SET_1) ? "Constrained Baseline" : "Baseline";
            case MAIN -> "Main";
            case EXTENDED -> "Extended";
            case HIGH -> high(constraints);
            case HIGH_10 -> "High 10" + intra(constraints);
            case HIGH_422 -> "High 4:2:2" + intra(constraints);
            case HIGH_444 -> has(constraints, CONSTRAINT_SET_3) ? "High 4:4:4 Intra" : "High 4:4:4 Predictive";
            case CAVLC_444 -> "CAVLC 4:4:4 Intra";
            case 83 -> "Scalable Baseline";
            case 86 -> "Scalable High";
            case 118 -> "Multiview High";
            case 128 -> "Stereo High";
            case 134 -> "MFC High";
            case 135 -> "MFC Depth High";
            case 138 -> "Multiview Depth High";
            case 139 -> "Enhanced Multiview Depth High";
            default -> "profile " + profile;
        };
    }

    /** Like {@code 3.1}, {@code 4} or {@code 1b}. */
    public static String level(int profile, int constraints, int level) {
        boolean old = profile == BASELINE || profile == MAIN || profile == EXTENDED;
        if (level == LEVEL_1B || old && level == LEVEL_1_1 && has(constraints, CONSTRAINT_SET_3)) {
            return "1b";
        }
        return level % 10 == 0 ? Integer.toString(level / 10) : level / 10 + "." + level % 10;
    }

    /** Whether its SPS says chroma format, bit depths and scaling lists (H.264 section 7.3.2.1.1). */
    static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case HIGH, HIGH_10, HIGH_422, HIGH_444, CAVLC_444, 83, 86, 118, 128, 134, 135, 138, 139 -> true;
            default -> false;
        };
    }

    private static String high(int constraints) {
        if (!has(constraints, CONSTRAINT_SET_4)) {
            return "High";
        }
        return has(constraints, CONSTRAINT_SET_5) ? "Constrained High" : "Progressive High";
    }

    private static String intra(int constraints) {
        return has(constraints, CONSTRAINT_SET_3) ? " Intra" : "";
    }

    private static boolean has(int constraints, int flag) {
        return (constraints & flag) != 0;
    }
}
