package io.mcm.h264;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Walks through the NAL units of a byte stream and tells where access units start (ITU-T H.264 section 7.4.1.2.3, simplified):
 * at an access unit delimiter, and at the first of SEI, parameter sets and types 14 to 18 before a picture's first slice, or at
 * that slice.
 *
 * <p>A picture's first slice is taken to be the one with {@code first_mb_in_slice} 0. That is not so for arbitrary slice order,
 * redundant slices (baseline profile) and when the first slice is missing; and the two fields of a frame count as two access
 * units, as they are. Parameter sets between two slices of one picture, as GStreamer's config-interval=-1 puts them, do not
 * start an access unit.
 */
public final class AccessUnits {

    private final MemorySegment stream;
    private final AnnexB units;
    private boolean first = true;
    /** A slice of the current access unit has been seen. */
    private boolean sliceSeen;
    private boolean starts;

    public AccessUnits(MemorySegment stream) {
        this.stream = stream;
        units = new AnnexB(stream);
    }

    /** Moves to the next NAL unit; false at the end. */
    public boolean next() {
        if (!units.next()) {
            return false;
        }
        starts = first || sliceSeen && startsAfterSlice();
        first = false;
        sliceSeen = NalType.isSlice(type(units)) || sliceSeen && !starts;
        return true;
    }

    /** Whether the current NAL unit is the first of its access unit. */
    public boolean startsAccessUnit() {
        return starts;
    }

    /** See {@link AnnexB#offset()}. */
    public long offset() {
        return units.offset();
    }

    /** See {@link AnnexB#length()}. */
    public int length() {
        return units.length();
    }

    private boolean startsAfterSlice() {
        int type = type(units);
        if (precedesPicture(type)) {
            return type == NalType.ACCESS_UNIT_DELIMITER || newPictureFollows();
        }
        return isFirstSlice(units);
    }

    /** Whether the next slice is of a new picture; without one there is nothing that the unit could belong to but a new one. */
    private boolean newPictureFollows() {
        AnnexB ahead = new AnnexB(stream, units.end());
        while (ahead.next()) {
            int type = type(ahead);
            if (NalType.isSlice(type) || type == NalType.ACCESS_UNIT_DELIMITER) {
                return type == NalType.ACCESS_UNIT_DELIMITER || isFirstSlice(ahead);
            }
        }
        return true;
    }

    private static boolean precedesPicture(int type) {
        return type >= NalType.SEI && type <= NalType.ACCESS_UNIT_DELIMITER
            || type >= NalType.PREFIX && type <= NalType.RESERVED_18;
    }

    /** The slice header begins with first_mb_in_slice as Exp-Golomb code, in which a single 1 bit is 0. */
    private boolean isFirstSlice(AnnexB unit) {
        int type = type(unit);
        boolean hasSliceHeader = type == NalType.SLICE || type == NalType.PARTITION_A || type == NalType.IDR_SLICE;
        return hasSliceHeader && unit.length() > NalHeader.LENGTH
            && stream.get(ValueLayout.JAVA_BYTE, unit.offset() + NalHeader.LENGTH) < 0;
    }

    private static int type(AnnexB unit) {
        return NalHeader.type(unit.header());
    }
}
