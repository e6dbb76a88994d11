package io.mcm.camera.impair;

/** One reason to send a packet later. */
interface PacketDelay {

    /** Not later, but never. */
    long DROPPED = Long.MIN_VALUE;

    /**
     * When the packet goes on.
     *
     * @param dueNanos when the camera sends it: never less than the packet's before
     * @param nanos    when it comes here, {@code dueNanos} or later
     * @return {@code nanos} or later, or {@link #DROPPED}
     */
    long leave(int length, long dueNanos, long nanos);
}
