package io.mcm.h264;

import io.mcm.h264.parameter.ParameterSets;
import io.mcm.h264.parameter.SliceHeader;
import io.mcm.h264.parameter.SliceHeader.Extent;
import java.lang.foreign.MemorySegment;

/**
 * Whether a slice is the first of its primary coded picture, seen from the slices before it (ITU-T H.264 section 7.4.1.2.4, all rules).
 * Where the parameter sets are not known it is the one with first_mb_in_slice 0. Allocates and throws nothing.
 */
final class PictureStart {

    private final ParameterSets sets;
    /** The last slice of the picture that tells the most, and how much. */
    private SliceHeader last = new SliceHeader();
    private Extent lastExtent = Extent.NOTHING;
    private SliceHeader next = new SliceHeader();
    /** A slice with macroblock 0 has come; a picture has one only. */
    private boolean topSeen;

    PictureStart(ParameterSets sets) {
        this.sets = sets;
    }

    /** The next slice of the stream, with which the following ones are compared. Those of redundant pictures are not. */
    void slice(int header, MemorySegment from, long offset, int length) {
        Extent extent = next.read(header, from, offset, length, sets);
        if (isRedundant(extent)) {
            return;
        }
        if (isOfNewPicture(extent)) {
            forget();
        }
        topSeen |= isTop(extent);
        if (extent.compareTo(lastExtent) >= 0) {
            SliceHeader kept = next;
            next = last;
            last = kept;
            lastExtent = extent;
        }
    }

    /** Whether a unit of a slice's type, which {@link #slice} has not been told of, is of another picture than the last one. */
    boolean startsWith(int header, MemorySegment from, long offset, int length) {
        Extent extent = next.read(header, from, offset, length, sets);
        return !isRedundant(extent) && isOfNewPicture(extent);
    }

    /** Whether the unit says that it is of the same picture as the last one; partitions B and C say nothing. */
    boolean continuesWith(int header, MemorySegment from, long offset, int length) {
        Extent extent = next.read(header, from, offset, length, sets);
        return isRedundant(extent) || extent != Extent.NOTHING && !isOfNewPicture(extent);
    }

    /** Whether the unit is a slice of a redundant picture, as far as the parameter sets tell. */
    boolean isRedundant(int header, MemorySegment from, long offset, int length) {
        return isRedundant(next.read(header, from, offset, length, sets));
    }

    /** The next slice is of a new picture, whatever it says. */
    void forget() {
        lastExtent = Extent.NOTHING;
        topSeen = false;
    }

    private boolean isOfNewPicture(Extent extent) {
        if (extent == Extent.WHOLE && lastExtent == Extent.WHOLE) {
            // Encoders whose IDR pictures all have one idr_pic_id break the rules; a second slice with macroblock 0 tells them.
            return next.isOfOtherPictureThan(last) || isTop(extent) && topSeen && next.colourPlane() == 0;
        }
        return isTop(extent);
    }

    private boolean isTop(Extent extent) {
        return extent != Extent.NOTHING && next.firstMacroblock() == 0;
    }

    private boolean isRedundant(Extent extent) {
        return extent == Extent.WHOLE && next.redundantCount() > 0;
    }
}
