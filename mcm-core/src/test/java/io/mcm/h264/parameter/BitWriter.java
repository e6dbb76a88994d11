package io.mcm.h264.parameter;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;

/** Writes syntax elements by the standard's tables, without the code under test, to build sets that no encoder at hand makes. */
final class BitWriter {

    private final StringBuilder bits = new StringBuilder();

    /** {@code u(n)}. */
    BitWriter u(int count, long value) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return this;
    }

    BitWriter ue(long value) {
        String code = Long.toBinaryString(value + 1);
        bits.append("0".repeat(code.length() - 1)).append(code);
        return this;
    }

    /** Several unsigned codes. */
    BitWriter ues(long... values) {
        for (long value : values) {
            ue(value);
        }
        return this;
    }

    BitWriter se(long value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    /** Bits as they stand. */
    BitWriter raw(String zerosAndOnes) {
        bits.append(zerosAndOnes.replace(" ", ""));
        return this;
    }

    int length() {
        return bits.length();
    }

    /** A NAL unit: header, the bits, the stop bit, emulation prevention. */
    MemorySegment unit(int header) {
        return MemorySegment.ofArray(escaped(header, bits + "1"));
    }

    /** Without the stop bit: the last byte is filled up with zeros. */
    byte[] payload() {
        byte[] unit = escaped(0x67, bits.toString());
        return java.util.Arrays.copyOfRange(unit, 1, unit.length);
    }

    private static byte[] escaped(int header, String bits) {
        String whole = bits + "0".repeat((8 - bits.length() % 8) % 8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header);
        int zeros = 0;
        for (int at = 0; at < whole.length(); at += 8) {
            int value = Integer.parseInt(whole.substring(at, at + 8), 2);
            if (zeros == 2 && value <= 3) {
                out.write(3);
                zeros = 0;
            }
            out.write(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return out.toByteArray();
    }
}
