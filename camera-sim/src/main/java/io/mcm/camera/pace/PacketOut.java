package io.mcm.camera.pace;

import java.lang.foreign.MemorySegment;

/** Where paced packets leave the camera. */
@FunctionalInterface
public interface PacketOut {

    /**
     * Sends a packet, at the latest with the next {@link #flush}.
     *
     * @param channel as in {@link io.mcm.camera.TimedPacketSink}
     * @param segment native memory; holds the packet, {@code length} bytes at {@code offset}, until the next {@link #flush} has returned
     */
    void send(int channel, MemorySegment segment, long offset, int length);

    /** No packet follows that is due now: those that were kept back to leave together must go. */
    default void flush() {
        // Most keep nothing back.
    }
}
