package io.mcm.control;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A C struct as x86-64 lays it out, seen in place. Getters hold the peer to what a field may contain and throw
 * {@link ProtocolException}; setters hold the caller to it and throw {@link IllegalArgumentException}.
 */
final class Struct {

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int U8_MAX = 0xff;
    private static final int U16_MAX = 0xffff;

    private final MemorySegment bytes;

    private Struct(MemorySegment bytes) {
        this.bytes = bytes;
    }

    static Struct of(byte[] bytes) {
        return new Struct(MemorySegment.ofArray(bytes));
    }

    /** The struct that lies inside this one. */
    Struct at(int offset, int length) {
        return new Struct(bytes.asSlice(offset, length));
    }

    int u8(int offset) {
        return bytes.get(U8, offset) & U8_MAX;
    }

    int u8(int offset, String field, int max) throws ProtocolException {
        return (int) atMost(max, u8(offset), field);
    }

    int u16(int offset) {
        return bytes.get(U16, offset) & U16_MAX;
    }

    /** All 32 bits, as an int that may look negative. */
    int bits32(int offset) {
        return bytes.get(U32, offset);
    }

    int u32(int offset, String field) throws ProtocolException {
        return (int) atMost(Integer.MAX_VALUE, Integer.toUnsignedLong(bits32(offset)), field);
    }

    long bits64(int offset) {
        return bytes.get(U64, offset);
    }

    double positive(int offset, String field) throws ProtocolException {
        double value = bytes.get(F64, offset);
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new ProtocolException(field + "=" + value + ", must be a number from 0");
        }
        return value;
    }

    /** A C enum whose constants are numbered from 0 in the order of {@code values}. */
    <E extends Enum<E>> E constant(int offset, String field, E[] values) throws ProtocolException {
        long value = Integer.toUnsignedLong(bits32(offset));
        return values[(int) atMost(values.length - 1, value, field)];
    }

    /** Text that ends with a NUL inside its field. */
    String text(int offset, int size, String field) throws ProtocolException {
        int length = textLength(offset, size, field);
        if (length == size) {
            throw new ProtocolException(field + " has no NUL in its " + size + " bytes");
        }
        return decode(offset, length, field);
    }

    /** Text that may fill its field to the last byte. */
    String unterminatedText(int offset, int size, String field) throws ProtocolException {
        return decode(offset, textLength(offset, size, field), field);
    }

    void u8(int offset, int value, String field) {
        bytes.set(U8, offset, (byte) within(U8_MAX, value, field));
    }

    void u16(int offset, int value, String field) {
        bytes.set(U16, offset, (short) within(U16_MAX, value, field));
    }

    void bits32(int offset, int value) {
        bytes.set(U32, offset, value);
    }

    void u32(int offset, int value, String field) {
        bytes.set(U32, offset, within(Integer.MAX_VALUE, value, field));
    }

    void bits64(int offset, long value) {
        bytes.set(U64, offset, value);
    }

    void positive(int offset, double value, String field) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(field + "=" + value + ", must be a number from 0");
        }
        bytes.set(F64, offset, value);
    }

    void constant(int offset, Enum<?> value) {
        bytes.set(U32, offset, value.ordinal());
    }

    void text(int offset, int size, String value, String field) {
        putText(offset, size - 1, value, field);
    }

    void unterminatedText(int offset, int size, String value, String field) {
        putText(offset, size, value, field);
    }

    private void putText(int offset, int max, String value, String field) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length > max) {
            throw new IllegalArgumentException(field + "=\"" + value + "\" has " + text.length + " bytes, at most " + max);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + " contains a control character, only printable text is allowed");
        }
        MemorySegment.copy(text, 0, bytes, U8, offset, text.length);
    }

    /** Bytes before the NUL; all of the field where there is none. Text of a peer ends in logs, so it must be printable. */
    private int textLength(int offset, int size, String field) throws ProtocolException {
        for (int i = 0; i < size; i++) {
            int c = u8(offset + i);
            if (c == 0) {
                return i;
            }
            if (Character.isISOControl(c) && c < 0x80) {
                throw new ProtocolException(
                    field + " has byte 0x%02x at %d, only printable text is allowed".formatted(c, i));
            }
        }
        return size;
    }

    /** Past ASCII there are control characters too (U+0080 to U+009F; some terminals take U+009B for an escape). */
    private String decode(int offset, int length, String field) throws ProtocolException {
        String text = new String(bytes.asSlice(offset, length).toArray(U8), StandardCharsets.UTF_8);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new ProtocolException(field + " has a control character of two bytes, only printable text is allowed");
        }
        return text;
    }

    private static long atMost(long max, long value, String field) throws ProtocolException {
        if (value > max) {
            throw new ProtocolException(outOfRange(max, value, field));
        }
        return value;
    }

    private static int within(int max, int value, String field) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(outOfRange(max, value, field));
        }
        return value;
    }

    private static String outOfRange(long max, long value, String field) {
        return field + "=" + value + ", must be 0 to " + max;
    }
}
