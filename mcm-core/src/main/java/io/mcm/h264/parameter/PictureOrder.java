package io.mcm.h264.parameter;

/**
 * How slices tell the order of their pictures (ITU-T H.264 section 8.2.1).
 *
 * @param type pic_order_cnt_type: 0 (in every slice header), 1 (as differences from a cycle), 2 (as they come)
 * @param lsbLength bits of pic_order_cnt_lsb, 4 to 16; 0 unless of type 0
 * @param deltaAlwaysZero whether type 1 leaves the differences out of the slice headers
 */
public record PictureOrder(int type, int lsbLength, boolean deltaAlwaysZero) {
}
