package io.mcm.memif.builtin;

/**
 * Layout of a ring and of its descriptors in shared memory ({@code memif_ring_t}, {@code memif_desc_t} of VPP's memif.h), host byte order.
 *
 * <pre>
 *   ring
 *    0        4       6      8                64     66              128
 *    +--------+-------+------+-- (unused) ----+------+-- (unused) ---+--------------------------
 *    | cookie | flags | head |                | tail |               | descriptors, 16 bytes each
 *    +--------+-------+------+----------------+------+---------------+--------------------------
 *
 *   descriptor
 *    0       2        4        8        12         16
 *    +-------+--------+--------+--------+----------+
 *    | flags | region | length | offset | metadata |      read and written as two 8-byte words, each at once
 *    +-------+--------+--------+--------+----------+
 * </pre>
 *
 * The client writes {@code head}, the server {@code tail}, whichever way the packets go. Both run freely over 16 bits; the slot is the value
 * modulo the ring's size.
 */
final class RingDescriptor {

    static final int COOKIE = 0x03E31F20;

    static final int COOKIE_OFFSET = 0;
    static final int FLAGS_OFFSET = 4;
    static final int HEAD_OFFSET = 6;
    static final int TAIL_OFFSET = 64;
    static final int DESCRIPTORS_OFFSET = 128;

    static final int DESCRIPTOR_LENGTH = 16;
    static final int SECOND_WORD_OFFSET = 8;

    /** The consumer polls: the producer need not write the eventfd (MEMIF_RING_FLAG_MASK_INT). */
    static final int FLAG_MASK_INTERRUPT = 1;
    /** The packet goes on in the next descriptor (MEMIF_DESC_FLAG_NEXT). */
    static final int FLAG_NEXT = 1;

    /** Descriptors are 16 bytes and every known peer strides rings by 128 + 16 * 2^n: nothing else is aligned for our loads. */
    static final int ALIGNMENT = 16;

    private static final int REGION_SHIFT = 16;
    private static final int LENGTH_SHIFT = 32;
    private static final long U16 = 0xffffL;
    private static final long U32 = 0xffffffffL;

    private RingDescriptor() {}

    /** Bytes of a ring with {@code 1 << log2Size} descriptors. */
    static long length(int log2Size) {
        return DESCRIPTORS_OFFSET + ((long) DESCRIPTOR_LENGTH << log2Size);
    }

    static long firstWord(int flags, int region, long length) {
        return length << LENGTH_SHIFT | (long) region << REGION_SHIFT | flags;
    }

    static boolean hasNext(long firstWord) {
        return (firstWord & FLAG_NEXT) != 0;
    }

    static long withoutNext(long firstWord) {
        return firstWord & ~FLAG_NEXT;
    }

    static int region(long firstWord) {
        return (int) (firstWord >>> REGION_SHIFT & U16);
    }

    /** Unsigned 32 bits. */
    static long length(long firstWord) {
        return firstWord >>> LENGTH_SHIFT;
    }

    /** Unsigned 32 bits. */
    static long offset(long secondWord) {
        return secondWord & U32;
    }
}
