package io.mcm.camera.synthetic;

import static io.mcm.h264.NalType.PPS;
import static io.mcm.h264.NalType.SPS;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Writes the stream's parameter sets (ITU-T H.264 sections 7.3.2.1.1, 7.3.2.2 and E.1.1): those of the n-th size have the id n. */
final class ParameterSetWriter {

    /** Bits of frame_num and of pic_order_cnt_lsb. */
    static final int FRAME_NUMBER_LENGTH = 8;
    static final int ORDER_LENGTH = 8;
    /** nal_ref_idc of what everything else needs. */
    private static final int HIGHEST_NRI = 0x60;
    private static final int BASELINE = 66;
    /** constraint_set0_flag and constraint_set1_flag: constrained baseline. */
    private static final int CONSTRAINTS = 0xc0;
    private static final int MIN_LOG2 = 4;
    private static final int ORDER_IN_SLICES = 0;
    private static final int ORDER_AS_CODED = 2;
    private static final int QP_MIDDLE = 26;
    private static final int CROP_UNIT = 2;
    /** log2_max_mv_length: the largest allowed; nothing moves by vectors here. */
    private static final int MOTION_VECTOR_LENGTH = 16;

    private final UnitWriter out;
    private final SyntheticConfig config;

    ParameterSetWriter(UnitWriter out, SyntheticConfig config) {
        this.out = out;
        this.config = config;
    }

    /** Every unit that the stream needs, sequence before picture parameter set. */
    static List<byte[]> all(SyntheticConfig config) {
        UnitWriter out = new UnitWriter();
        ParameterSetWriter writer = new ParameterSetWriter(out, config);
        List<byte[]> units = new ArrayList<>();
        for (int sequence = 0; sequence < config.sequences(); sequence++) {
            writer.sequenceSet(sequence);
            units.add(out.segment().asSlice(0, out.length()).toArray(ValueLayout.JAVA_BYTE));
            writer.pictureSet(sequence);
            units.add(out.segment().asSlice(0, out.length()).toArray(ValueLayout.JAVA_BYTE));
        }
        return units;
    }

    void sequenceSet(int id) {
        PictureSize size = config.size(id);
        out.begin(HIGHEST_NRI | SPS).u(8, BASELINE).u(8, CONSTRAINTS);
        out.u(8, Level.of(size, config.rate(), config.bitsPerSecond()).idc()).ue(id);
        out.ue(FRAME_NUMBER_LENGTH - MIN_LOG2);
        if (config.reorder() > 0) {
            out.ue(ORDER_IN_SLICES).ue(ORDER_LENGTH - MIN_LOG2);
        } else {
            out.ue(ORDER_AS_CODED);
        }
        out.ue(1).flag(false);
        out.ue(size.columns() - 1).ue(size.rows() - 1);
        out.flag(true).flag(true);
        cropping(size);
        out.flag(true);
        usability();
        out.end();
    }

    private void cropping(PictureSize size) {
        int right = size.columns() * PictureSize.MACROBLOCK - size.width();
        int bottom = size.rows() * PictureSize.MACROBLOCK - size.height();
        out.flag(right + bottom > 0);
        if (right + bottom > 0) {
            out.ue(0).ue(right / CROP_UNIT).ue(0).ue(bottom / CROP_UNIT);
        }
    }

    private void usability() {
        // No aspect ratio, overscan, signal type and chroma location.
        out.u(4, 0);
        out.flag(true).u(32, config.rate().seconds()).u(32, 2L * config.rate().frames()).flag(true);
        // No buffering models, no picture structure.
        out.u(3, 0);
        int reordered = config.reorder() > 0 ? 1 : 0;
        out.flag(true).flag(true).ue(0).ue(0).ue(MOTION_VECTOR_LENGTH).ue(MOTION_VECTOR_LENGTH).ue(reordered).ue(1 + reordered);
    }

    void pictureSet(int id) {
        out.begin(HIGHEST_NRI | PPS).ue(id).ue(id);
        // CAVLC, no field order, one slice group, one reference, no weighted prediction.
        out.flag(false).flag(false).ue(0).ue(0).ue(0).flag(false).u(2, 0);
        out.se(MacroblockWriter.QP - QP_MIDDLE).se(0).se(0);
        // The slice headers switch deblocking off, so that samples are what was meant.
        out.flag(true).flag(false).flag(false).end();
    }
}
