package io.mcm.h264.parameter;

import io.mcm.h264.NalHeader;
import java.lang.foreign.MemorySegment;

/** Reads seq_parameter_set_data() (ITU-T H.264 section 7.3.2.1.1), in the standard's order and names. */
final class SequenceParameterSetReader {

    private static final int MACROBLOCK = 16;
    /** Of level 6.2 (H.264 table A-1): macroblocks of a frame. */
    static final int MAX_FRAME_MACROBLOCKS = 139_264;
    /** Of level 6.2, macroblocks of a side: the root of 8 times the above (H.264 section A.3.1). */
    static final int MAX_SIDE_MACROBLOCKS = 1_055;
    private static final int CHROMA_420 = 1;
    private static final int CHROMA_422 = 2;
    private static final int CHROMA_444 = 3;
    private static final int MIN_DEPTH = 8;
    private static final int MAX_DEPTH_MINUS8 = 6;
    private static final int MIN_LOG2 = 4;
    private static final int MAX_LOG2_MINUS4 = 12;
    private static final int MAX_ORDER_TYPE = 2;
    private static final int MAX_ORDER_CYCLE = 255;

    private final CheckedReader in;
    private int chromaFormat = CHROMA_420;
    private boolean separateColourPlanes;
    private int lumaDepth = MIN_DEPTH;
    private int chromaDepth = MIN_DEPTH;

    SequenceParameterSetReader(MemorySegment unit) {
        in = new CheckedReader("SPS", unit, NalHeader.LENGTH);
    }

    SequenceParameterSet read() throws ParameterSetException {
        int profile = in.u8("profile_idc");
        int constraints = in.u8("constraint_set_flags");
        int level = in.u8("level_idc");
        int id = in.ue("seq_parameter_set_id", SequenceParameterSet.MAX_ID);
        if (Profile.hasChromaFormat(profile)) {
            readChroma();
        }
        int frameNumberLength = in.ue("log2_max_frame_num_minus4", MAX_LOG2_MINUS4) + MIN_LOG2;
        PictureOrder order = pictureOrder();
        int references = in.ue("max_num_ref_frames", SequenceParameterSet.MAX_FRAMES);
        in.flag("gaps_in_frame_num_value_allowed_flag");
        int columns = in.ue("pic_width_in_mbs_minus1", MAX_SIDE_MACROBLOCKS - 1) + 1;
        int mapUnits = in.ue("pic_height_in_map_units_minus1", MAX_SIDE_MACROBLOCKS - 1) + 1;
        boolean frameMbsOnly = in.flag("frame_mbs_only_flag");
        boolean adaptive = !frameMbsOnly && in.flag("mb_adaptive_frame_field_flag");
        int rows = frameMbsOnly ? mapUnits : 2 * mapUnits;
        in.within("macroblocks of a frame", (long) columns * rows, 1, MAX_FRAME_MACROBLOCKS);
        in.flag("direct_8x8_inference_flag");
        boolean cropped = in.flag("frame_cropping_flag");
        int width = columns * MACROBLOCK - (cropped ? crop("frame_crop_left/right_offset", columns, cropUnitX()) : 0);
        int height = rows * MACROBLOCK - (cropped ? crop("frame_crop_top/bottom_offset", rows, cropUnitY(frameMbsOnly)) : 0);
        VideoUsability usability = in.flag("vui_parameters_present_flag") ? new VideoUsabilityReader(in).read() : VideoUsability.NONE;
        return new SequenceParameterSet(profile, constraints, level, id, chromaFormat, separateColourPlanes, lumaDepth, chromaDepth,
            frameNumberLength, order, references, frameMbsOnly, adaptive, width, height, usability);
    }

    private void readChroma() throws ParameterSetException {
        chromaFormat = in.ue("chroma_format_idc", CHROMA_444);
        separateColourPlanes = chromaFormat == CHROMA_444 && in.flag("separate_colour_plane_flag");
        lumaDepth = in.ue("bit_depth_luma_minus8", MAX_DEPTH_MINUS8) + MIN_DEPTH;
        chromaDepth = in.ue("bit_depth_chroma_minus8", MAX_DEPTH_MINUS8) + MIN_DEPTH;
        in.flag("qpprime_y_zero_transform_bypass_flag");
        if (in.flag("seq_scaling_matrix_present_flag")) {
            ScalingLists.skip(in, chromaFormat == CHROMA_444);
        }
    }

    private PictureOrder pictureOrder() throws ParameterSetException {
        int type = in.ue("pic_order_cnt_type", MAX_ORDER_TYPE);
        int lsbLength = type == 0 ? in.ue("log2_max_pic_order_cnt_lsb_minus4", MAX_LOG2_MINUS4) + MIN_LOG2 : 0;
        return new PictureOrder(type, lsbLength, type == 1 && deltaAlwaysZero());
    }

    private boolean deltaAlwaysZero() throws ParameterSetException {
        boolean alwaysZero = in.flag("delta_pic_order_always_zero_flag");
        in.skipSe("offset_for_non_ref_pic");
        in.skipSe("offset_for_top_to_bottom_field");
        int cycle = in.ue("num_ref_frames_in_pic_order_cnt_cycle", MAX_ORDER_CYCLE);
        for (int i = 0; i < cycle; i++) {
            in.skipSe("offset_for_ref_frame");
        }
        return alwaysZero;
    }

    /** Samples that two opposite sides lose; one crop unit at least must stay. */
    private int crop(String name, int macroblocks, int unit) throws ParameterSetException {
        int max = macroblocks * MACROBLOCK / unit - 1;
        int near = in.ue(name, max);
        int far = in.ue(name, max);
        return (int) in.within(name, near + far, 0, max) * unit;
    }

    /** H.264 formulas 7-19 and 7-21. */
    private int cropUnitX() {
        return !separateColourPlanes && (chromaFormat == CHROMA_420 || chromaFormat == CHROMA_422) ? 2 : 1;
    }

    /** H.264 formulas 7-20 and 7-22. */
    private int cropUnitY(boolean frameMbsOnly) {
        int chroma = chromaFormat == CHROMA_420 ? 2 : 1;
        return chroma * (frameMbsOnly ? 1 : 2);
    }
}
