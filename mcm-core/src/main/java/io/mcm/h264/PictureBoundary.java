package io.mcm.h264;

import io.mcm.h264.parameter.ParameterSets;
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

    private final PictureStart picture;
    /** Nothing has come yet of the access unit that is open, or none is. */
    private boolean fresh = true;
    /** A slice of the primary picture has come. */
    private boolean pictureOpen;
    /** Units that may be of the next access unit have come. */
    private boolean undecided;
    /** An end of sequence or of stream has come, after which nothing belongs to the picture before. */
    private boolean ended;

    /** @param sets of the stream; whoever owns them keeps them up to date */
    public PictureBoundary(ParameterSets sets) {
        picture = new PictureStart(sets);
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

    /**
     * Whether a slice that has not come yet, and that nothing but parameter sets and the like stand before, will start an access unit:
     * for whoever can look ahead where the answer was {@link Position#MAY_START}.
     */
    public boolean wouldStart(int header, MemorySegment from, long offset, int length) {
        return picture.startsWith(header, from, offset, length);
    }

    private Position positionInside(int type, int header, MemorySegment from, long offset, int length) {
        if (NalType.isSlice(type)) {
            return positionOfSlice(header, from, offset, length);
        }
        if (!pictureOpen) {
            return Position.CONTINUES;
        }
        return type == NalType.ACCESS_UNIT_DELIMITER ? Position.STARTS
            : precedesPicture(type) ? Position.MAY_START : Position.CONTINUES;
    }

    private Position positionOfSlice(int header, MemorySegment from, long offset, int length) {
        if (pictureOpen && picture.startsWith(header, from, offset, length)) {
            return Position.STARTS;
        }
        pictureOpen |= !picture.isRedundant(header, from, offset, length);
        picture.slice(header, from, offset, length);
        return Position.CONTINUES;
    }

    private void startAt(int type, int header, MemorySegment from, long offset, int length) {
        ended = false;
        picture.forget();
        pictureOpen = NalType.isSlice(type) && !picture.isRedundant(header, from, offset, length);
        picture.slice(header, from, offset, length);
    }

    /** Whether a unit of this type stands before the first slice of its picture; a delimiter does so, too. */
    static boolean precedesPicture(int type) {
        return type >= NalType.SEI && type <= NalType.PPS || type >= NalType.PREFIX && type <= NalType.RESERVED_18;
    }
}
