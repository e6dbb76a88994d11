package io.mcm.camera.impair;

/**
 * The dice of one impairment. What falls depends on the seed, the impairment's name and the packet's number alone: switching one impairment
 * on, or off for a while, changes no other's choices. The mixing is that of {@link java.util.SplittableRandom}.
 */
final class Chance {

    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    private static final double UNIT = 0x1p-53;
    private static final int DOUBLE_BITS = 53;

    private final long key;

    Chance(long seed, String name) {
        key = mix(mix(seed + GOLDEN) ^ name.hashCode() * GOLDEN);
    }

    /** 0 to below 1; the n-th throw for a packet. */
    double uniform(long packet, int n) {
        return (bits(packet, n) >>> Long.SIZE - DOUBLE_BITS) * UNIT;
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound, long packet, int n) {
        return (int) (uniform(packet, n) * bound);
    }

    /** Whether a packet is among so many percent of all. */
    boolean percent(double percent, long packet) {
        return percent > 0 && uniform(packet, 0) * Impairment.ALL < percent;
    }

    long bits(long packet, int n) {
        return mix(mix(key + packet * GOLDEN) + n * GOLDEN);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }
}
