package io.mcm.camera.pace;

import java.lang.foreign.MemorySegment;

/** Where paced packets leave the camera. */
@FunctionalInterface
public interface PacketOut {

    /** {@code length} bytes at {@code offset}, valid during this call only. */
    void send(MemorySegment segment, long offset, int length);
}
