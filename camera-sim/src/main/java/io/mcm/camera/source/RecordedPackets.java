package io.mcm.camera.source;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Packets that were recorded with their times, from the first to the last: {@code while (packets.next()) use(packets.segment(), ...)}. */
public interface RecordedPackets extends Closeable {

    /** Begins at the first packet, each time. */
    @FunctionalInterface
    interface Opener {
        RecordedPackets open() throws IOException;
    }

    /** Moves to the next packet; false at the end. */
    boolean next() throws IOException;

    /** As in {@link io.mcm.camera.TimedPacketSink}. */
    int channel();

    /** Holds the packet, {@link #length} bytes at {@link #offset}, until the next step. */
    MemorySegment segment();

    long offset();

    int length();

    /** When it was recorded, since the first; never less than the one before. */
    long nanos();

    @Override
    void close() throws IOException;
}
