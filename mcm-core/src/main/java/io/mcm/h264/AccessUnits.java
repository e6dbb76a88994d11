package io.mcm.h264;

import io.mcm.h264.parameter.ParameterSets;
import java.lang.foreign.MemorySegment;

/**
 * Walks through the NAL units of a byte stream and tells where access units start, by {@link PictureBoundary} and with a look ahead:
 * of units that may start one, the first does if the next slice is of a new picture. Parameter sets between two slices of one picture,
 * as GStreamer's config-interval=-1 puts them, do not start an access unit.
 */
public final class AccessUnits {

    private final MemorySegment stream;
    private final AnnexB units;
    private final ParameterSets sets = new ParameterSets();
    private final PictureBoundary boundary = new PictureBoundary(sets);
    /** The access unit of the next slice or delimiter has been told to start, before it came. */
    private boolean startedAhead;
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
        sets.accept(stream, units.offset(), units.length());
        switch (boundary.position(units.header(), stream, units.offset() + NalHeader.LENGTH, units.length() - NalHeader.LENGTH)) {
            case STARTS -> {
                starts = !startedAhead;
                startedAhead = false;
            }
            case MAY_START -> {
                starts = !startedAhead && newPictureFollows();
                startedAhead |= starts;
            }
            case CONTINUES -> starts = false;
        }
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

    /** Whether the next slice is of a new picture; without one there is nothing that the unit could belong to but a new one. */
    private boolean newPictureFollows() {
        AnnexB ahead = new AnnexB(stream, units.end());
        while (ahead.next()) {
            int type = NalHeader.type(ahead.header());
            if (type == NalType.ACCESS_UNIT_DELIMITER) {
                return true;
            }
            if (NalType.isSlice(type)) {
                return boundary.wouldStart(ahead.header(), stream, ahead.offset() + NalHeader.LENGTH, ahead.length() - NalHeader.LENGTH);
            }
        }
        return true;
    }
}
