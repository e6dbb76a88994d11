package io.mcm.camera.pace;

import java.lang.foreign.MemorySegment;

/** Where paced packets leave the camera. */
@FunctionalInterface
public interface PacketOut {

    /** {@code length} bytes at {@code offset}, valid during this call only; channels as in {@link io.mcm.camera.TimedPacketSink}. */
    void send(int channel, MemorySegment segment, long offset, int length);
}
