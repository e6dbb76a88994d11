package io.mcm.h264.parameter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** The bytes of one parameter set, and what they say once somebody has asked. */
final class KnownSet {

    private final MemorySegment unit;
    private boolean read;
    private SequenceParameterSet sequenceSet;
    private PictureParameterSet pictureSet;

    KnownSet(MemorySegment from, long offset, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        unit = MemorySegment.ofArray(bytes).asReadOnly();
    }

    boolean isSame(MemorySegment from, long offset, int length) {
        return unit.byteSize() == length && MemorySegment.mismatch(unit, 0, length, from, offset, offset + length) < 0;
    }

    /** Read-only. */
    MemorySegment unit() {
        return unit;
    }

    /** Null where it breaks the standard. */
    SequenceParameterSet sequenceSet() {
        if (!read) {
            read = true;
            try {
                sequenceSet = SequenceParameterSet.parse(unit);
            } catch (ParameterSetException _) {
                // Null says so, and parse() tells the reason to whoever asks for it.
            }
        }
        return sequenceSet;
    }

    /** As {@link #sequenceSet}, but nothing is remembered: for other threads than the one that reads the stream. */
    Optional<SequenceParameterSet> readSequenceSet() {
        try {
            return Optional.of(SequenceParameterSet.parse(unit));
        } catch (ParameterSetException _) {
            return Optional.empty();
        }
    }

    /** Null where it breaks the standard. */
    PictureParameterSet pictureSet() {
        if (!read) {
            read = true;
            try {
                pictureSet = PictureParameterSet.parse(unit);
            } catch (ParameterSetException _) {
                // As above.
            }
        }
        return pictureSet;
    }
}
