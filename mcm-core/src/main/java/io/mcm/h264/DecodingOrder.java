package io.mcm.h264;

/** Arithmetic on decoding order numbers: 16 bits that wrap (RFC 6184 section 5.5). */
public final class DecodingOrder {

    private static final int MASK = 0xffff;

    private DecodingOrder() {
    }

    /** RFC 6184's {@code don_diff}: how far the second unit is after the first in decoding order, negative when it is before; -32,768 to 32,767. */
    public static int difference(int from, int to) {
        return (short) (to - from);
    }

    /** The number {@code steps} after {@code don}. */
    public static int after(int don, int steps) {
        return don + steps & MASK;
    }

    /** The number without wraps that is nearest to {@code reference} and has these low 16 bits. */
    static long extend(long reference, int don) {
        return reference + difference((int) reference, don);
    }
}
