package io.mcm.h264;

import io.mcm.h264.parameter.ParameterSets;
import io.mcm.h264.parameter.SliceHeader;
import io.mcm.h264.parameter.SliceHeader.Extent;
import java.lang.foreign.MemorySegment;

/**
 * Tells where access units start by what the NAL units say (ITU-T H.264 sections 7.4.1.2.3 and 7.4.1.2.4), for streams whose
 * markers and timestamps lie. Where the parameter sets are not known, a slice with first_mb_in_slice 0 starts one. Two fields of a
 * frame are two access units, as the standard has it. Allocates and throws nothing.
 *
 * <p>The standard lets parameter sets, SEI and types 14 to 18 after a picture's last slice start the next access unit. But GStreamer
 * (config-interval=-1) puts parameter sets between two slices of one picture: what such units belong to is known at the next slice only,
 * and until then the answer is {@link Position#MAY_START}.
 */
public final class PictureBoundary {

    /** Where a NAL unit stands. */
    public enum Position {
        /** It belongs to the access unit that is open. */
        CONTINUES,
        /**
         * It belongs to what the next slice or delimiter belongs to: where that one answers {@link #STARTS}, the new access unit started
         * with the first of these; where it answers {@link #CONTINUES}, none did.
         */
        MAY_START,
        /** It is the first of an access unit, but for those that were before it and answered {@link #MAY_START}. */
        STARTS
    }

    private final ParameterSets sets;
    /** The last slice of a primary picture, and what it could be read of. */
    private SliceHeader last = new SliceHeader();
    private Extent lastExtent = Extent.NOTHING;
    private SliceHeader next = new SliceHeader();
    /** Nothing has come yet of the access unit that is open, or none is. */
    private boolean fresh = true;
    /** A slice of the primary picture has come. */
    private boolean pictureOpen;
    /** Units that may be of the next access unit have come. */
    private boolean undecided;
    /** An end of sequence or of stream has come, after which nothing belongs to the picture before. */
    private boolean ended;
    /** A slice with macroblock 0 has come; a picture has one only. */
    private boolean topSeen;

    /** @param sets of the stream; whoever owns them keeps them up to date */
    public PictureBoundary(ParameterSets sets) {
        this.sets = sets;
    }

    /**
     * Whether the unit starts an access unit; each unit is asked for once, in decoding order. See {@link Position#STARTS}.
     *
     * @param header its first byte
     * @param offset of the byte after it
     * @param length bytes of it that are there; of a fragmented unit those of the first fragment, 0 if there are none
     */
    public boolean startsAccessUnit(int header, MemorySegment from, long offset, int length) {
        return position(header, from, offset, length) == Position.STARTS;
    }

    /** See {@link #startsAccessUnit}. */
    public Position position(int header, MemorySegment from, long offset, int length) {
        int type = NalHeader.type(header);
        Position position = fresh || ended && type != NalType.END_OF_STREAM
            ? Position.STARTS : positionInside(type, header, from, offset, length);
        if (position == Position.STARTS) {
            startAt(type, header, from, offset, length);
        }
        fresh = false;
        undecided = position == Position.MAY_START || undecided && position != Position.STARTS && !NalType.isSlice(type);
        ended |= type == NalType.END_OF_SEQUENCE || type == NalType.END_OF_STREAM;
        return position;
    }

    /** Whether units that answered {@link Position#MAY_START} wait for their slice. */
    public boolean isUndecided() {
        return undecided;
    }

    /** The access unit has ended, as something else told (marker, timestamp, loss): the next unit starts one. */
    public void endAccessUnit() {
        fresh = true;
    }

    private Position positionInside(int type, int header, MemorySegment from, long offset, int length) {
        if (!pictureOpen) {
            pictureOpen = NalType.isSlice(type) && keep(next.read(header, from, offset, length, sets));
            return Position.CONTINUES;
        }
        if (type == NalType.ACCESS_UNIT_DELIMITER) {
            return Position.STARTS;
        }
        if (precedesPicture(type)) {
            return Position.MAY_START;
        }
        return NalType.isSlice(type) ? positionOfSlice(header, from, offset, length) : Position.CONTINUES;
    }

    private Position positionOfSlice(int header, MemorySegment from, long offset, int length) {
        Extent extent = next.read(header, from, offset, length, sets);
        if (isRedundant(extent)) {
            return Position.CONTINUES;
        }
        if (isOfNewPicture(extent)) {
            return Position.STARTS;
        }
        keep(extent);
        return Position.CONTINUES;
    }

    private boolean isOfNewPicture(Extent extent) {
        if (extent == Extent.NOTHING) {
            return false;
        }
        boolean top = next.firstMacroblock() == 0;
        if (extent == Extent.WHOLE && lastExtent == Extent.WHOLE) {
            // Encoders whose IDR pictures all have one idr_pic_id break the rules; a second slice with macroblock 0 tells them.
            return next.isOfOtherPictureThan(last) || top && topSeen && next.colourPlane() == 0;
        }
        return top;
    }

    private void startAt(int type, int header, MemorySegment from, long offset, int length) {
        ended = false;
        topSeen = false;
        lastExtent = Extent.NOTHING;
        pictureOpen = NalType.isSlice(type) && keep(next.read(header, from, offset, length, sets));
    }

    /** Compares the following slices with the one that was read, if it tells more; false for one of a redundant picture. */
    private boolean keep(Extent extent) {
        if (isRedundant(extent)) {
            return false;
        }
        topSeen |= extent != Extent.NOTHING && next.firstMacroblock() == 0;
        if (extent.compareTo(lastExtent) >= 0) {
            SliceHeader kept = next;
            next = last;
            last = kept;
            lastExtent = extent;
        }
        return true;
    }

    private boolean isRedundant(Extent extent) {
        return extent == Extent.WHOLE && next.redundantCount() > 0;
    }

    private static boolean precedesPicture(int type) {
        return type >= NalType.SEI && type <= NalType.PPS || type >= NalType.PREFIX && type <= NalType.RESERVED_18;
    }
}
