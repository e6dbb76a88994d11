package io.mcm.h264.parameter;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.lang.foreign.MemorySegment;

/**
 * The head of a slice header (ITU-T H.264 section 7.3.3) up to redundant_pic_cnt: what tells pictures apart. Reusable, because it
 * runs once for every slice; allocates nothing once its parameter sets have been read.
 */
public final class SliceHeader {

    /** How much of the header could be read. */
    public enum Extent {
        /** Not even first_mb_in_slice: no slice, too short, or no Exp-Golomb code. */
        NOTHING,
        /** {@link #firstMacroblock()} at least: the rest needs parameter sets or more bytes. */
        BEGINNING,
        /** All. */
        WHOLE
    }

    /** H.264 section 7.4.3: from 5 on a type says that all slices of the picture are of it. */
    private static final int MAX_TYPE = 9;
    private static final int TYPES = 5;
    private static final int MAX_IDR_ID = 65_535;
    private static final int MAX_REDUNDANT = 127;
    private static final int COLOUR_PLANE_LENGTH = 2;

    private final BitReader bits = new BitReader();
    private int header;
    private int firstMacroblock;
    private int type;
    private int pictureSetId;
    private int colourPlane;
    private int frameNumber;
    private boolean field;
    private boolean bottomField;
    private int idrId;
    private int orderType;
    private int orderLsb;
    private int deltaOrderBottom;
    private int deltaOrder0;
    private int deltaOrder1;
    private int redundantCount;

    /**
     * Reads a slice, a slice data partition A or an auxiliary slice; others have no slice header.
     *
     * @param header the NAL unit header
     * @param offset of the first byte after it
     * @param length bytes that are there, 0 or more; a first fragment is enough
     */
    public Extent read(int header, MemorySegment from, long offset, long length, ParameterSets sets) {
        this.header = header;
        if (!hasSliceHeader(NalHeader.type(header))) {
            return Extent.NOTHING;
        }
        bits.wrap(from, offset, length);
        long first = bits.ue();
        if (!bits.isGood() || first >= SequenceParameterSetReader.MAX_FRAME_MACROBLOCKS) {
            return Extent.NOTHING;
        }
        firstMacroblock = (int) first;
        colourPlane = 0;
        return readTypeAndSet() && readRest(sets) ? Extent.WHOLE : Extent.BEGINNING;
    }

    /** Whether a unit of the type begins with a slice header. */
    public static boolean hasSliceHeader(int nalType) {
        return nalType == NalType.SLICE || nalType == NalType.PARTITION_A || nalType == NalType.IDR_SLICE
            || nalType == NalType.AUXILIARY_SLICE;
    }

    private boolean readTypeAndSet() {
        long sliceType = bits.ue();
        long set = bits.ue();
        type = (int) sliceType % TYPES;
        pictureSetId = (int) set;
        return bits.isGood() && sliceType <= MAX_TYPE && set <= PictureParameterSet.MAX_ID;
    }

    private boolean readRest(ParameterSets sets) {
        PictureParameterSet pictureSet = sets.pictureSetOrNull(pictureSetId);
        SequenceParameterSet sequenceSet = pictureSet == null ? null : sets.sequenceSetOrNull(pictureSet.sequenceId());
        return sequenceSet != null && readRest(sequenceSet, pictureSet);
    }

    private boolean readRest(SequenceParameterSet sequenceSet, PictureParameterSet pictureSet) {
        if (sequenceSet.separateColourPlanes()) {
            colourPlane = (int) bits.bits(COLOUR_PLANE_LENGTH);
        }
        frameNumber = (int) bits.bits(sequenceSet.frameNumberLength());
        field = !sequenceSet.frameMbsOnly() && bits.flag();
        bottomField = field && bits.flag();
        long id = isIdr() ? bits.ue() : 0;
        readOrder(sequenceSet.pictureOrder(), pictureSet.bottomFieldOrderPresent() && !field);
        long redundant = pictureSet.redundantPictureCountPresent() ? bits.ue() : 0;
        idrId = (int) id;
        redundantCount = (int) redundant;
        return bits.isGood() && id <= MAX_IDR_ID && redundant <= MAX_REDUNDANT;
    }

    private void readOrder(PictureOrder order, boolean bottomToo) {
        orderType = order.type();
        orderLsb = orderType == 0 ? (int) bits.bits(order.lsbLength()) : 0;
        deltaOrderBottom = orderType == 0 && bottomToo ? bits.se() : 0;
        boolean deltas = orderType == 1 && !order.deltaAlwaysZero();
        deltaOrder0 = deltas ? bits.se() : 0;
        deltaOrder1 = deltas && bottomToo ? bits.se() : 0;
    }

    /**
     * Whether this slice and {@code other}, both read whole, are of different primary coded pictures: the first of them ends where
     * the other begins (H.264 section 7.4.1.2.4, all rules).
     */
    public boolean isOfOtherPictureThan(SliceHeader other) {
        return frameNumber != other.frameNumber
            || pictureSetId != other.pictureSetId
            || field != other.field
            || bottomField != other.bottomField
            || isReference() != other.isReference()
            || isOfOtherOrderThan(other)
            || isIdr() != other.isIdr()
            || idrId != other.idrId;
    }

    private boolean isOfOtherOrderThan(SliceHeader other) {
        // What a type does not have is 0 in both; between sets of different type the standard compares nothing.
        return orderType == other.orderType && (orderLsb != other.orderLsb || deltaOrderBottom != other.deltaOrderBottom
            || deltaOrder0 != other.deltaOrder0 || deltaOrder1 != other.deltaOrder1);
    }

    /** first_mb_in_slice, 0 to 139,263; in MBAFF frames of macroblock pairs. */
    public int firstMacroblock() {
        return firstMacroblock;
    }

    /** 0 P, 1 B, 2 I, 3 SP, 4 SI. */
    public int type() {
        return type;
    }

    /** Of the picture parameter set, 0 to 255. */
    public int pictureSetId() {
        return pictureSetId;
    }

    /** 0 to 2 where planes have slices of their own, else 0. */
    public int colourPlane() {
        return colourPlane;
    }

    /** frame_num, 0 to 65,535. */
    public int frameNumber() {
        return frameNumber;
    }

    /** Whether the picture is a field. */
    public boolean isField() {
        return field;
    }

    /** Whether the picture is the bottom field of a frame. */
    public boolean isBottomField() {
        return bottomField;
    }

    /** Whether the unit's type says so. */
    public boolean isIdr() {
        return NalHeader.type(header) == NalType.IDR_SLICE;
    }

    /** Whether other pictures may refer to this one: nal_ref_idc is not 0. */
    public boolean isReference() {
        return NalHeader.nri(header) != 0;
    }

    /** idr_pic_id, 0 to 65,535; 0 where it is no IDR picture. */
    public int idrId() {
        return idrId;
    }

    /** pic_order_cnt_lsb, 0 to 65,535; 0 unless of order type 0. */
    public int orderLsb() {
        return orderLsb;
    }

    /** delta_pic_order_cnt_bottom. */
    public int deltaOrderBottom() {
        return deltaOrderBottom;
    }

    /** delta_pic_order_cnt[0]. */
    public int deltaOrder0() {
        return deltaOrder0;
    }

    /** delta_pic_order_cnt[1]. */
    public int deltaOrder1() {
        return deltaOrder1;
    }

    /** redundant_pic_cnt: 0 for the primary picture, else 1 to 127. */
    public int redundantCount() {
        return redundantCount;
    }
}
