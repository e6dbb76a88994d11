package io.mcm.h264.parameter;

/** Passes over scaling lists (ITU-T H.264 section 7.3.2.1.1.1): what follows them can only be found by reading them. */
final class ScalingLists {

    private static final int SMALL_LISTS = 6;
    private static final int SMALL_SIZE = 16;
    private static final int LARGE_SIZE = 64;
    private static final int LISTS = 8;
    private static final int LISTS_444 = 12;
    private static final int FIRST_SCALE = 8;

    private ScalingLists() {}

    static void skip(CheckedReader in, boolean chroma444) throws ParameterSetException {
        int lists = chroma444 ? LISTS_444 : LISTS;
        for (int i = 0; i < lists; i++) {
            if (in.flag("seq_scaling_list_present_flag")) {
                skipList(in, i < SMALL_LISTS ? SMALL_SIZE : LARGE_SIZE);
            }
        }
    }

    /** A scale of 0 ends the list: the rest repeats the last one. */
    private static void skipList(CheckedReader in, int size) throws ParameterSetException {
        int scale = FIRST_SCALE;
        for (int i = 0; i < size && scale != 0; i++) {
            scale = scale + in.se("delta_scale", Byte.MIN_VALUE, Byte.MAX_VALUE) & 0xff;
        }
    }
}
