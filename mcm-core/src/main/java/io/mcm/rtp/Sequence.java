package io.mcm.rtp;

/** Arithmetic on RTP's 16-bit sequence numbers, which wrap every 65,536 packets. */
public final class Sequence {

    private static final int MASK = 0xffff;

    private Sequence() {
    }

    /** The number after {@code sequence}. */
    public static int next(int sequence) {
        return sequence + 1 & MASK;
    }

    /** The shortest way from one number to another: -32,768 to 32,767, negative when {@code to} came earlier. */
    public static int distance(int from, int to) {
        return (short) (to - from);
    }

    /** The number without wraps (RFC 3550 "extended") that is nearest to {@code reference} and has these low 16 bits. */
    public static long extend(long reference, int sequence) {
        return reference + distance((int) reference, sequence);
    }
}
