package io.mcm.h264.parameter;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Puts the parameter sets of a stream together where its units come in pieces, as they do to a {@code NalUnitSink}. */
public final class ParameterSetCollector {

    /** Holds nearly every set there is; SPS and PPS take 4 to 40 bytes. */
    private static final int FIRST_CAPACITY = 256;

    private final ParameterSets sets;
    private byte[] unit = new byte[FIRST_CAPACITY];
    private MemorySegment segment = MemorySegment.ofArray(unit);
    private int length;
    /** The unit that was begun is a parameter set, and not too long. */
    private boolean open;

    public ParameterSetCollector(ParameterSets sets) {
        this.sets = sets;
    }

    /** A unit of any type begins; one that was not ended is forgotten. */
    public void begin(int header) {
        int type = NalHeader.type(header);
        open = type == NalType.SPS || type == NalType.PPS;
        unit[0] = (byte) header;
        length = NalHeader.LENGTH;
    }

    public void append(MemorySegment from, long offset, int count) {
        // One byte too many is kept, so that the set is refused and counted.
        if (open && length <= ParameterSets.MAX_LENGTH) {
            int taken = Math.min(count, ParameterSets.MAX_LENGTH + 1 - length);
            makeRoom(length + taken);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, unit, length, taken);
            length += taken;
        }
    }

    /** The unit that was begun is whole. */
    public void end() {
        if (open) {
            sets.accept(segment, 0, length);
            open = false;
        }
    }

    private void makeRoom(int needed) {
        if (needed > unit.length) {
            unit = Arrays.copyOf(unit, Math.max(2 * unit.length, needed));
            segment = MemorySegment.ofArray(unit);
        }
    }
}
