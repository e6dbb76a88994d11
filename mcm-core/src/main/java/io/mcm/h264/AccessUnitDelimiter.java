package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;

import io.mcm.h264.parameter.ParameterSetCollector;
import io.mcm.h264.parameter.ParameterSets;
import io.mcm.h264.parameter.SequenceParameterSet;
import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Finds where access units end, while their NAL units pass through in decoding order: at the marker and where the timestamp changes
 * (RFC 6184 section 5.1). Cameras are known that set the marker too often or never, or give the parts of one picture different
 * timestamps: unless strict, a contradiction is settled by what the slices say (H.264 section 7.4.1.2.3), and a marker that was
 * found wrong is not believed until it has been right for a while. Where marker and timestamp agree nothing overrules them.
 *
 * <p>The beginning of a unit is passed on with its first bytes, which tell whether a slice begins a picture.
 */
final class AccessUnitDelimiter implements NalUnitSink {

    /** Two seconds of pictures at 30 a second. */
    private static final int TRUE_MARKERS_TO_BELIEVE = 60;
    /** No camera takes a second to send one access unit. */
    private static final long MAX_NANOS = 1_000_000_000;

    private final boolean strict;
    private final Counters<H264Counter> counters;
    private final NalUnitSink next;
    private final ParameterSets sets = new ParameterSets();
    private final ParameterSetCollector collector = new ParameterSetCollector(sets);
    private final RememberedSlices slices = new RememberedSlices(sets);
    private final NalUnitOrigin origin = new NalUnitOrigin();

    /** Of the unit that is passing: its header byte, and whether the next sink knows of it. */
    private int header;
    private boolean passed;

    private boolean open;
    private boolean hasSlice;
    /** It has nothing but what stands before a picture's first slice. */
    private boolean leadingOnly;
    /** Packets were lost since the last unit before, so that nothing can be concluded from what did not come. */
    private boolean gap;
    private int timestamp;
    private long openedAt;
    private boolean endedByMarker;
    private boolean markerLies;
    private boolean markerOnLast;
    private int markersInside;
    private int trueMarkers;

    AccessUnitDelimiter(boolean strict, Counters<H264Counter> counters, NalUnitSink next) {
        this.strict = strict;
        this.counters = counters;
        this.next = next;
    }

    /** Any thread may ask. */
    Optional<SequenceParameterSet> sequenceSet() {
        return sets.firstSequenceSet();
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        this.origin.set(origin);
        this.header = header;
        collector.begin(header);
        passed = false;
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        if (!passed) {
            pass(from, offset, length);
        }
        collector.append(from, offset, length);
        next.append(from, offset, length);
    }

    @Override
    public void end() {
        if (!passed) {
            pass(MemorySegment.NULL, 0, 0);
        }
        collector.end();
        counters.increment(NAL_UNITS);
        next.end();
    }

    @Override
    public void abandon() {
        if (passed) {
            next.abandon();
        }
    }

    @Override
    public void lost(int packets) {
        gap = true;
        next.lost(packets);
    }

    /** The last packet had the marker, and its last unit is whole. */
    void marker() {
        if (!open) {
            return;
        }
        markerOnLast = true;
        markersInside++;
        if (strict || !markerLies && (hasSlice || gap)) {
            endAccessUnit();
            endedByMarker = true;
        }
    }

    @Override
    public void endAccessUnit() {
        open = false;
        endedByMarker = false;
        judgeMarker();
        counters.increment(ACCESS_UNITS);
        next.endAccessUnit();
    }

    /** The stream is over. */
    @Override
    public void endStream() {
        if (open) {
            endAccessUnit();
        }
        endedByMarker = false;
        markerLies = false;
        gap = false;
        next.endStream();
    }

    private void pass(MemorySegment from, long offset, int length) {
        int type = NalHeader.type(header);
        boolean slice = NalType.isSlice(type);
        if (open ? endsBefore(slice, from, offset, length) : followsWrongMarker(slice, from, offset, length)) {
            settle();
        }
        if (!open) {
            open = true;
            openedAt = origin.arrivalNanos();
            hasSlice = false;
            leadingOnly = true;
            slices.forget();
            markersInside = 0;
            gap = false;
        }
        leadingOnly &= PictureBoundary.precedesPicture(type) || type == NalType.ACCESS_UNIT_DELIMITER;
        if (slice) {
            hasSlice = true;
            slices.add(header, from, offset, length);
        }
        markerOnLast = false;
        timestamp = origin.timestamp();
        passed = true;
        next.begin(origin, header);
    }

    private void settle() {
        if (open) {
            endAccessUnit();
        } else {
            counters.increment(MARKER_EARLY);
            markerLies = true;
            trueMarkers = 0;
        }
    }

    private boolean endsBefore(boolean slice, MemorySegment from, long offset, int length) {
        if (timestamp != origin.timestamp()) {
            return strict || gap || markerOnLast || !awaitsPicture() && !continuesPicture(slice, from, offset, length);
        }
        if (markerOnLast && !hasSlice) {
            counters.increment(MARKER_EARLY);
        }
        return !strict && hasSlice && (markerLies || isOverdue()) && isStuck(slice, from, offset, length);
    }

    /** Parameter sets and the like are no access unit by themselves: the picture is still to come. */
    private boolean awaitsPicture() {
        boolean awaits = leadingOnly && !isOverdue();
        if (awaits) {
            counters.increment(TIMESTAMP_SPLIT);
        }
        return awaits;
    }

    /** Neither a marker nor another timestamp has come when one was due. */
    private boolean isOverdue() {
        return origin.arrivalNanos() - openedAt > MAX_NANOS;
    }

    private boolean continuesPicture(boolean slice, MemorySegment from, long offset, int length) {
        boolean continues = slice && (!hasSlice || slices.isSamePicture(header, from, offset, length));
        if (continues) {
            counters.increment(TIMESTAMP_SPLIT);
        }
        return continues;
    }

    private boolean isStuck(boolean slice, MemorySegment from, long offset, int length) {
        boolean stuck = NalHeader.type(header) == NalType.ACCESS_UNIT_DELIMITER
            || slice && slices.isNewPicture(header, from, offset, length);
        if (stuck) {
            counters.increment(TIMESTAMP_STUCK);
        }
        return stuck;
    }

    /** A slice of the picture that the marker had ended, as its timestamp and the slice itself say. */
    private boolean followsWrongMarker(boolean slice, MemorySegment from, long offset, int length) {
        return endedByMarker && !strict && !gap && slice && timestamp == origin.timestamp()
            && !slices.isNewPicture(header, from, offset, length);
    }

    private void judgeMarker() {
        trueMarkers = markerOnLast && markersInside == 1 ? trueMarkers + 1 : 0;
        if (trueMarkers >= TRUE_MARKERS_TO_BELIEVE) {
            markerLies = false;
        }
    }
}
