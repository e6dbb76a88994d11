package io.mcm.h264.parameter;

import io.mcm.h264.NalHeader;
import java.lang.foreign.MemorySegment;

/** Reads pic_parameter_set_rbsp() (ITU-T H.264 section 7.3.2.2) up to redundant_pic_cnt_present_flag. */
final class PictureParameterSetReader {

    private static final int MAX_SLICE_GROUPS_MINUS1 = 7;
    private static final int MAX_REFERENCES_MINUS1 = 31;
    private static final int MAX_BIPREDICTION = 2;
    private static final int QP_MIDDLE = 26;
    private static final int MAX_QP_MINUS26 = 25;
    /** Six for each bit of luma beyond 8, of which there are 6 at most. */
    private static final int MAX_QP_OFFSET = 36;
    private static final int MAX_CHROMA_QP_OFFSET = 12;
    /** Slice group map types (H.264 table 7-11's names of section 8.2.2). */
    private static final int INTERLEAVED = 0;
    private static final int FOREGROUND = 2;
    private static final int BOX_OUT = 3;
    private static final int WIPE = 5;
    private static final int EXPLICIT = 6;

    private final CheckedReader in;

    PictureParameterSetReader(MemorySegment unit) {
        in = new CheckedReader("PPS", unit, NalHeader.LENGTH);
    }

    PictureParameterSet read() throws ParameterSetException {
        int id = in.ue("pic_parameter_set_id", PictureParameterSet.MAX_ID);
        int sequenceId = in.ue("seq_parameter_set_id", SequenceParameterSet.MAX_ID);
        boolean cabac = in.flag("entropy_coding_mode_flag");
        boolean bottomFieldOrder = in.flag("bottom_field_pic_order_in_frame_present_flag");
        int sliceGroups = in.ue("num_slice_groups_minus1", MAX_SLICE_GROUPS_MINUS1) + 1;
        if (sliceGroups > 1) {
            skipSliceGroups(sliceGroups);
        }
        skipPrediction();
        return new PictureParameterSet(id, sequenceId, cabac, bottomFieldOrder, sliceGroups, in.flag("redundant_pic_cnt_present_flag"));
    }

    private void skipPrediction() throws ParameterSetException {
        in.ue("num_ref_idx_l0_default_active_minus1", MAX_REFERENCES_MINUS1);
        in.ue("num_ref_idx_l1_default_active_minus1", MAX_REFERENCES_MINUS1);
        in.flag("weighted_pred_flag");
        in.within("weighted_bipred_idc", in.bits("weighted_bipred_idc", 2), 0, MAX_BIPREDICTION);
        in.se("pic_init_qp_minus26", -QP_MIDDLE - MAX_QP_OFFSET, MAX_QP_MINUS26);
        in.se("pic_init_qs_minus26", -QP_MIDDLE, MAX_QP_MINUS26);
        in.se("chroma_qp_index_offset", -MAX_CHROMA_QP_OFFSET, MAX_CHROMA_QP_OFFSET);
        in.flag("deblocking_filter_control_present_flag");
        in.flag("constrained_intra_pred_flag");
    }

    private void skipSliceGroups(int groups) throws ParameterSetException {
        int last = SequenceParameterSetReader.MAX_FRAME_MACROBLOCKS - 1;
        int type = in.ue("slice_group_map_type", EXPLICIT);
        if (type == INTERLEAVED) {
            for (int i = 0; i < groups; i++) {
                in.ue("run_length_minus1", last);
            }
        } else if (type == FOREGROUND) {
            for (int i = 0; i < groups - 1; i++) {
                in.ue("top_left", last);
                in.ue("bottom_right", last);
            }
        } else if (type >= BOX_OUT && type <= WIPE) {
            in.flag("slice_group_change_direction_flag");
            in.ue("slice_group_change_rate_minus1", last);
        } else if (type == EXPLICIT) {
            skipMap(groups, in.ue("pic_size_in_map_units_minus1", last) + 1);
        }
    }

    private void skipMap(int groups, int mapUnits) throws ParameterSetException {
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(groups - 1);
        for (int i = 0; i < mapUnits; i++) {
            in.within("slice_group_id", in.bits("slice_group_id", length), 0, groups - 1L);
        }
    }
}
