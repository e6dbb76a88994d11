package io.mcm.h264.parameter;

import io.mcm.h264.parameter.VideoUsability.AspectRatio;
import io.mcm.h264.parameter.VideoUsability.Timing;
import java.util.Optional;

/** Reads vui_parameters() (ITU-T H.264 section E.1.1), in the standard's order and names. */
final class VideoUsabilityReader {

    private static final int EXTENDED_SAR = 255;
    private static final int SHORT_BITS = 16;
    private static final int INT_BITS = 32;
    /** Matrix, primaries, transfer. */
    private static final int COLOUR_DESCRIPTION_BITS = 24;
    private static final int MAX_CHROMA_LOCATION = 5;
    private static final int MAX_DENOMINATOR = 16;
    private static final int MAX_LOG2_VECTOR = 16;
    private static final int MAX_CPB_COUNT_MINUS1 = 31;
    private static final int HRD_DELAY_BITS = 20;
    /** Table E-1, by aspect_ratio_idc: width, height; 0 is unspecified. */
    private static final int[][] RATIOS = {
        {0, 0}, {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11}, {80, 33}, {18, 11}, {15, 11}, {64, 33},
        {160, 99}, {4, 3}, {3, 2}, {2, 1},
    };

    private final CheckedReader in;

    VideoUsabilityReader(CheckedReader in) {
        this.in = in;
    }

    VideoUsability read() throws ParameterSetException {
        Optional<AspectRatio> ratio = in.flag("aspect_ratio_info_present_flag") ? aspectRatio() : Optional.empty();
        skipDisplay();
        Optional<Timing> timing = in.flag("timing_info_present_flag") ? timing() : Optional.empty();
        skipDecoderModel();
        in.flag("pic_struct_present_flag");
        Optional<Integer> reorder = in.flag("bitstream_restriction_flag") ? reorderFrames() : Optional.empty();
        return new VideoUsability(ratio, timing, reorder);
    }

    /** Empty for the reserved numbers and for 0, which means unspecified, as the standard says. */
    private Optional<AspectRatio> aspectRatio() throws ParameterSetException {
        int number = in.u8("aspect_ratio_idc");
        int[] ratio = number < RATIOS.length ? RATIOS[number] : RATIOS[0];
        if (number == EXTENDED_SAR) {
            ratio = new int[] {(int) in.bits("sar_width", SHORT_BITS), (int) in.bits("sar_height", SHORT_BITS)};
        }
        return ratio[0] > 0 && ratio[1] > 0 ? Optional.of(new AspectRatio(ratio[0], ratio[1])) : Optional.empty();
    }

    private void skipDisplay() throws ParameterSetException {
        if (in.flag("overscan_info_present_flag")) {
            in.flag("overscan_appropriate_flag");
        }
        if (in.flag("video_signal_type_present_flag")) {
            in.bits("video_format", 3);
            in.flag("video_full_range_flag");
            if (in.flag("colour_description_present_flag")) {
                in.bits("colour_description", COLOUR_DESCRIPTION_BITS);
            }
        }
        if (in.flag("chroma_loc_info_present_flag")) {
            in.ue("chroma_sample_loc_type_top_field", MAX_CHROMA_LOCATION);
            in.ue("chroma_sample_loc_type_bottom_field", MAX_CHROMA_LOCATION);
        }
    }

    /** Zeros are not allowed, but cameras send them; such a clock says nothing, and the rest of the SPS is good. */
    private Optional<Timing> timing() throws ParameterSetException {
        Timing timing = new Timing(in.bits("num_units_in_tick", INT_BITS), in.bits("time_scale", INT_BITS),
            in.flag("fixed_frame_rate_flag"));
        return timing.unitsInTick() > 0 && timing.timeScale() > 0 ? Optional.of(timing) : Optional.empty();
    }

    private void skipDecoderModel() throws ParameterSetException {
        boolean nal = in.flag("nal_hrd_parameters_present_flag");
        if (nal) {
            skipHrd();
        }
        boolean vcl = in.flag("vcl_hrd_parameters_present_flag");
        if (vcl) {
            skipHrd();
        }
        if (nal || vcl) {
            in.flag("low_delay_hrd_flag");
        }
    }

    private void skipHrd() throws ParameterSetException {
        int count = in.ue("cpb_cnt_minus1", MAX_CPB_COUNT_MINUS1) + 1;
        in.bits("bit_rate_scale, cpb_size_scale", Byte.SIZE);
        for (int i = 0; i < count; i++) {
            in.skipUe("bit_rate_value_minus1");
            in.skipUe("cpb_size_value_minus1");
            in.flag("cbr_flag");
        }
        in.bits("lengths of the delays", HRD_DELAY_BITS);
    }

    private Optional<Integer> reorderFrames() throws ParameterSetException {
        in.flag("motion_vectors_over_pic_boundaries_flag");
        in.ue("max_bytes_per_pic_denom", MAX_DENOMINATOR);
        in.ue("max_bits_per_mb_denom", MAX_DENOMINATOR);
        in.ue("log2_max_mv_length_horizontal", MAX_LOG2_VECTOR);
        in.ue("log2_max_mv_length_vertical", MAX_LOG2_VECTOR);
        int reorder = in.ue("max_num_reorder_frames", SequenceParameterSet.MAX_FRAMES);
        int buffered = in.ue("max_dec_frame_buffering", SequenceParameterSet.MAX_FRAMES);
        in.within("max_num_reorder_frames", reorder, 0, buffered);
        return Optional.of(reorder);
    }
}
