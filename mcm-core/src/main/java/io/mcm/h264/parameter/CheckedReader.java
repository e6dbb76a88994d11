package io.mcm.h264.parameter;

import java.lang.foreign.MemorySegment;

/** Reads the syntax elements of one parameter set and holds each to its range; the names are those of the standard. */
final class CheckedReader {

    private final BitReader bits;
    private final String set;

    /** @param unit the whole NAL unit, its header byte first */
    CheckedReader(String set, MemorySegment unit, int headerLength) {
        this.set = set;
        bits = new BitReader().wrap(unit, Math.min(headerLength, unit.byteSize()), Math.max(0, unit.byteSize() - headerLength));
    }

    boolean flag(String name) throws ParameterSetException {
        return bits(name, 1) == 1;
    }

    long bits(String name, int count) throws ParameterSetException {
        return good(name, bits.bits(count));
    }

    int u8(String name) throws ParameterSetException {
        return (int) bits(name, Byte.SIZE);
    }

    /** An Exp-Golomb code of 0 to {@code max}. */
    int ue(String name, int max) throws ParameterSetException {
        return (int) within(name, good(name, bits.ue()), 0, max);
    }

    int se(String name, int min, int max) throws ParameterSetException {
        return (int) within(name, good(name, bits.se()), min, max);
    }

    /** An Exp-Golomb code that is of no interest here. */
    void skipUe(String name) throws ParameterSetException {
        good(name, bits.ue());
    }

    void skipSe(String name) throws ParameterSetException {
        good(name, bits.se());
    }

    long within(String name, long value, long min, long max) throws ParameterSetException {
        if (value < min || value > max) {
            throw new ParameterSetException(set + ": " + name + " " + value + "; allowed are " + min + " to " + max);
        }
        return value;
    }

    private long good(String name, long value) throws ParameterSetException {
        if (bits.isExhausted()) {
            throw new ParameterSetException(set + ": ends before " + name);
        }
        if (bits.isOversized()) {
            throw new ParameterSetException(set + ": " + name + " is no Exp-Golomb code; allowed are up to 31 leading zeros");
        }
        return value;
    }
}
