package io.mcm.h264.parameter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads the bits of a NAL unit's payload (RBSP) most significant first, without the emulation prevention bytes (ITU-T H.264
 * section 7.3.1: the 03 in 00 00 03). It never reads past its range: there all bits are 0 and {@link #isExhausted()} says so.
 * Reusable; allocates and throws nothing.
 */
public final class BitReader {

    private static final int EMULATION_PREVENTION_BYTE = 3;
    /** Zero bytes before an emulation prevention byte. */
    private static final int ZEROS_BEFORE_EMULATION = 2;
    /** 31 zeros before the 1 are the longest code: 2^32 - 2 is the largest value (H.264 section 9.1). */
    private static final int MAX_LEADING_ZEROS = 31;

    private MemorySegment segment = MemorySegment.NULL;
    private long at;
    private long end;
    private int zeros;
    private int current;
    private int bitsLeft;
    private boolean exhausted;
    private boolean oversized;

    /**
     * Starts to read.
     *
     * @param offset of the first byte after the NAL unit header
     * @param length bytes that may be read, 0 or more; they may be the unit's first ones only
     */
    public BitReader wrap(MemorySegment segment, long offset, long length) {
        this.segment = segment;
        at = offset;
        end = offset + length;
        zeros = 0;
        bitsLeft = 0;
        exhausted = false;
        oversized = false;
        return this;
    }

    /** One bit: 0 or 1. */
    public int bit() {
        if (bitsLeft == 0 && !nextByte()) {
            return 0;
        }
        return current >> --bitsLeft & 1;
    }

    public boolean flag() {
        return bit() == 1;
    }

    /**
     * Unsigned, {@code u(n)}.
     *
     * @param count 0 to 32
     */
    public long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Unsigned Exp-Golomb code, {@code ue(v)}: 0 to 2^32 - 2; 0 past the end and for a longer code. */
    public long ue() {
        int leadingZeros = 0;
        while (bit() == 0) {
            if (exhausted) {
                return 0;
            }
            if (++leadingZeros > MAX_LEADING_ZEROS) {
                oversized = true;
                return 0;
            }
        }
        long suffix = bits(leadingZeros);
        return exhausted ? 0 : (1L << leadingZeros) - 1 + suffix;
    }

    /** Signed Exp-Golomb code, {@code se(v)}: -(2^31 - 1) to 2^31 - 1; 0 past the end and for a longer code. */
    public int se() {
        long code = ue();
        long magnitude = code + 1 >> 1;
        return (int) ((code & 1) == 1 ? magnitude : -magnitude);
    }

    /** Whether a bit was asked for that is not there. */
    public boolean isExhausted() {
        return exhausted;
    }

    /** Whether an Exp-Golomb code was longer than any that the standard has: the bits are no such code. */
    public boolean isOversized() {
        return oversized;
    }

    /** Whether everything read so far was there. */
    public boolean isGood() {
        return !exhausted && !oversized;
    }

    private boolean nextByte() {
        if (at < end && zeros >= ZEROS_BEFORE_EMULATION && u8(at) == EMULATION_PREVENTION_BYTE) {
            at++;
            zeros = 0;
        }
        if (at >= end) {
            exhausted = true;
            return false;
        }
        current = u8(at++);
        zeros = current == 0 ? zeros + 1 : 0;
        bitsLeft = Byte.SIZE;
        return true;
    }

    private int u8(long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }
}
