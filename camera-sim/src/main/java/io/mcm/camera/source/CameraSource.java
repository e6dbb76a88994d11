package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import java.io.Closeable;
import java.io.IOException;

/** Where a camera's packets come from, a step at a time: one thread can drive one camera, or many. */
public interface CameraSource extends Closeable {

    /**
     * Hands over what comes next, in order: a capture's packet, a stream's access unit.
     *
     * @return false if nothing was left; the sink is not told of the end
     * @throws IOException if the source cannot be read on; the packets before have been handed over
     */
    boolean step(TimedPacketSink sink) throws IOException;

    /** Every step until the end, or until the sink is stopped. */
    default void play(TimedPacketSink sink) throws IOException {
        while (!sink.isStopped() && step(sink)) {
            // What is to be done happens in the sink.
        }
    }

    @Override
    void close() throws IOException;
}
