package io.mcm.capture;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.h264.parameter.ParameterSetCollector;
import io.mcm.h264.parameter.ParameterSets;
import java.lang.foreign.MemorySegment;

/** Counts whole NAL units by type, and keeps the parameter sets. */
final class NalUnitTally implements NalUnitSink {

    private static final int TYPES = 32;

    private final long[] ofType = new long[TYPES];
    private final ParameterSets sets = new ParameterSets();
    private final ParameterSetCollector collector = new ParameterSetCollector(sets);
    private int type;

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        type = NalHeader.type(header);
        collector.begin(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        collector.append(from, offset, length);
    }

    @Override
    public void end() {
        ofType[type]++;
        collector.end();
    }

    @Override
    public void abandon() {
        // Never whole.
    }

    @Override
    public void endAccessUnit() {
        // The depacketizer counts them.
    }

    /** @param type 0 to 31 */
    long units(int type) {
        return ofType[type];
    }

    /** The last ones that came. */
    ParameterSets parameterSets() {
        return sets;
    }
}
