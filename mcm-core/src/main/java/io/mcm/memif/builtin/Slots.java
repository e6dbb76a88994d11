package io.mcm.memif.builtin;

/**
 * Where the buffers of a client's ring lie, as the client itself placed them: the s2m rings' first, one after the other from offset
 * 0 of region 1 (as libmemif does). What a server writes into the descriptors cannot move them.
 */
record Slots(long start, int bufferLength, int ringSize) {

    static final int REGION = 1;

    long offset(int index) {
        return start + (long) (index & ringSize - 1) * bufferLength;
    }

    /** Describes the buffer as empty: all its capacity offered. */
    void offer(Ring ring, int index) {
        ring.firstWord(index, RingDescriptor.firstWord(0, REGION, bufferLength));
        ring.secondWord(index, offset(index));
    }
}
