package io.mcm.h264;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Writes whole NAL units, each behind a prefix, and leaves incomplete ones out. A failing stream is told by
 * {@link UncheckedIOException}.
 */
abstract sealed class WholeUnitWriter implements NalUnitSink permits AnnexBWriter, AvcWriter {

    /**
     * Longer units are left out, so that endless fragments cannot take the memory. The largest picture of level 6.2 (139,264
     * macroblocks, H.264 table A-1) is shorter, even uncompressed (400 bytes each).
     */
    public static final int MAX_UNIT_LENGTH = 64 << 20;

    private static final int FIRST_CAPACITY = 64 << 10;

    private final OutputStream out;
    private final int prefixLength;
    /** The prefix and the unit behind it. */
    private byte[] unit = new byte[FIRST_CAPACITY];
    private int length;
    private boolean oversized;
    private long units;
    private long bytes;
    private long oversizedUnits;

    WholeUnitWriter(OutputStream out, int prefixLength) {
        this.out = out;
        this.prefixLength = prefixLength;
    }

    /** Puts the prefix of a unit of so many bytes at the start of the buffer. */
    abstract void prefix(byte[] buffer, int unitLength);

    /** Whole units written. */
    public long units() {
        return units;
    }

    /** Bytes written, prefixes included. */
    public long bytes() {
        return bytes;
    }

    /** Units left out because they are longer than {@link #MAX_UNIT_LENGTH}. */
    public long oversizedUnits() {
        return oversizedUnits;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        length = prefixLength;
        oversized = false;
        unit[length++] = (byte) header;
    }

    @Override
    public void append(MemorySegment from, long offset, int count) {
        if (oversized || length + count > MAX_UNIT_LENGTH) {
            oversized = true;
            return;
        }
        if (length + count > unit.length) {
            unit = Arrays.copyOf(unit, Math.max(2 * unit.length, length + count));
        }
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, unit, length, count);
        length += count;
    }

    @Override
    public void end() {
        if (oversized) {
            oversizedUnits++;
            return;
        }
        prefix(unit, length - prefixLength);
        try {
            out.write(unit, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        units++;
        bytes += length;
    }

    @Override
    public void abandon() {
        // Nothing of it was written.
    }

    @Override
    public void endAccessUnit() {
        // Neither format marks it.
    }
}
