package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import java.io.IOException;

/** Where a camera's packets come from. */
public interface CameraSource {

    /**
     * Hands over every packet in order, until the last or until the sink is stopped.
     *
     * @param passes how often the source is played, the packets numbered on without a seam; 0 for without end
     * @throws IOException if the source cannot be read, or not to its end; the packets before have been handed over
     */
    void play(int passes, TimedPacketSink sink) throws IOException;
}
