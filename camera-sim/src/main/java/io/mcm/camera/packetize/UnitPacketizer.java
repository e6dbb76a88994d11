package io.mcm.camera.packetize;

import io.mcm.camera.source.Packaging;
import java.lang.foreign.MemorySegment;

/** Makes payloads of NAL units, an access unit at a time: {@code beginAccessUnit nalUnit* endAccessUnit}. */
sealed interface UnitPacketizer permits DirectPacketizer, InterleavingPacketizer, PlannedPacketizer {

    void beginAccessUnit(int timestamp);

    /** How the units that follow are to be packed; only a plan's packetizer listens. */
    default void packaging(Packaging packaging) {
        // What the config says holds.
    }

    /** @throws IllegalArgumentException if it cannot be packed; the message says why */
    void nalUnit(MemorySegment from, long offset, int length);

    void endAccessUnit();

    /** Sends what is held back; nothing follows. */
    default void flush() {
        // Only interleaving holds more than an access unit.
    }
}
