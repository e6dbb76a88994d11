package io.mcm.rtsp.client;

import io.mcm.rtsp.InterleavedFrame;

/** Takes the packets that come interleaved. */
@FunctionalInterface
public interface FrameSink {

    /** @param frame valid during this call only */
    void frame(InterleavedFrame frame);
}
