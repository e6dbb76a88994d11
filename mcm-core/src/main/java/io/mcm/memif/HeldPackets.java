package io.mcm.memif;

/** Packets that a reader holds, given back in any order, while the peer gets its buffers back in ring order. */
public final class HeldPackets {

    /** For each descriptor that starts a held packet: how many it has; negative once released; 0 elsewhere. */
    private final int[] held;
    private int oldest;

    /** @param ringSize a power of two */
    public HeldPackets(int ringSize) {
        held = new int[ringSize];
    }

    /** A packet is held from here on. */
    public void take(int start, int descriptors) {
        held[start & held.length - 1] = descriptors;
    }

    /** The slot of the oldest descriptor that was not given back. */
    public int oldest() {
        return oldest;
    }

    /**
     * A packet is held no longer.
     *
     * @param ticket its first descriptor
     * @return how many descriptors the peer can have back, counted from what was {@link #oldest} before
     * @throws IllegalArgumentException for a packet that is not held
     */
    public int release(int ticket) {
        int slot = ticket & held.length - 1;
        if (held[slot] <= 0) {
            throw new IllegalArgumentException("packet " + ticket + " is not held: released already, or never received");
        }
        held[slot] = -held[slot];
        int freed = 0;
        while (held[oldest] < 0) {
            int descriptors = -held[oldest];
            held[oldest] = 0;
            oldest = oldest + descriptors & held.length - 1;
            freed += descriptors;
        }
        return freed;
    }
}
