package io.mcm.camera.synthetic;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Writes the syntax elements of one NAL unit after the other (ITU-T H.264 section 7.2 and 9.1) and puts the emulation prevention bytes in
 * as it goes (section 7.4.1). Reusable; allocates only while it grows to the longest unit.
 */
final class UnitWriter {

    private static final int FIRST_CAPACITY = 4_096;
    private static final int EMULATION_PREVENTION = 3;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private MemorySegment segment = MemorySegment.ofArray(bytes);
    private int length;
    /** Zero bytes in a row at the end. */
    private int zeros;
    /** The bits that do not fill a byte yet, in the lowest {@link #pendingCount} bits. */
    private long pending;
    private int pendingCount;

    /** @param header the first byte: NRI and type */
    UnitWriter begin(int header) {
        length = 0;
        zeros = 0;
        pendingCount = 0;
        return u(Byte.SIZE, header);
    }

    /** {@code u(n)}, n up to 32. */
    UnitWriter u(int count, long value) {
        pending = pending << count | value & (1L << count) - 1;
        pendingCount += count;
        while (pendingCount >= Byte.SIZE) {
            pendingCount -= Byte.SIZE;
            put((byte) (pending >> pendingCount));
        }
        return this;
    }

    UnitWriter flag(boolean value) {
        return u(1, value ? 1 : 0);
    }

    /** {@code ue(v)}: value + 1 behind as many zeros as it has bits less one. */
    UnitWriter ue(int value) {
        int significant = Integer.SIZE - Integer.numberOfLeadingZeros(value + 1);
        u(significant - 1, 0);
        return u(significant, value + 1);
    }

    /** {@code se(v)}. */
    UnitWriter se(int value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    /** Zero bits up to the next whole byte. */
    UnitWriter align() {
        return pendingCount == 0 ? this : u(Byte.SIZE - pendingCount, 0);
    }

    /** Whole bytes, none of them 0 and so none to be escaped; the writer must be aligned. */
    UnitWriter nonZeroBytes(byte[] from, int offset, int count) {
        u(Byte.SIZE, from[offset]);
        reserve(count);
        System.arraycopy(from, offset + 1, bytes, length, count - 1);
        length += count - 1;
        zeros = 0;
        return this;
    }

    /** Ends the unit with a stop bit and zeros. */
    void end() {
        u(1, 1).align();
    }

    /** Holds the unit from its start on, until the next one begins. */
    MemorySegment segment() {
        return segment;
    }

    /** Bytes of the unit so far. */
    int length() {
        return length;
    }

    private void put(byte value) {
        reserve(2);
        if (zeros == 2 && value >= 0 && value <= EMULATION_PREVENTION) {
            bytes[length++] = EMULATION_PREVENTION;
            zeros = 0;
        }
        bytes[length++] = value;
        zeros = value == 0 ? zeros + 1 : 0;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            segment = MemorySegment.ofArray(bytes);
        }
    }
}
