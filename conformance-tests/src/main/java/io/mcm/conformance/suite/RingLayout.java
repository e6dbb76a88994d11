package io.mcm.conformance.suite;

/**
 * A memif ring in shared memory, after VPP's {@code memif.h} and with no code of the product. Little endian; head and tail run freely
 * over 16 bits.
 *
 * <pre>
 *   ring         cookie 0:4   flags 4:2 (bit 0: no wake-ups)   head 6:2 (the client's)   tail 64:2 (the server's)   descriptors 128
 *   descriptor   flags 0:2 (bit 0: goes on in the next)   region 2:2   length 4:4   offset 8:4   metadata 12:4
 * </pre>
 */
public final class RingLayout {

    public static final int COOKIE = 0x03E31F20;
    public static final int FLAGS = 4;
    public static final int HEAD = 6;
    public static final int TAIL = 64;
    public static final int DESCRIPTORS = 128;
    /** Bytes of one. */
    public static final int DESCRIPTOR = 16;
    public static final int REGION_OFFSET = 2;
    public static final int LENGTH_OFFSET = 4;
    public static final int OFFSET_OFFSET = 8;
    /** In a descriptor's flags. */
    public static final int NEXT = 1;
    /** In a ring's flags. */
    public static final int MASK_INTERRUPT = 1;

    private RingLayout() {}

    /** Bytes of a ring with so many descriptors. */
    public static long length(int slots) {
        return DESCRIPTORS + (long) DESCRIPTOR * slots;
    }
}
