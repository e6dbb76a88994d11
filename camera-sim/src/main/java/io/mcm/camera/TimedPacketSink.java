package io.mcm.camera;

import java.lang.foreign.MemorySegment;

/** Takes RTP packets and when they are due: one stage of the camera hands them to the next. */
public interface TimedPacketSink {

    /**
     * The next packet; returns when it has been dealt with.
     *
     * @param channel  even: RTP of stream {@code channel / 2}; odd: that stream's RTCP (as RTSP's interleaved channels, RFC 2326
     *                 section 10.12)
     * @param segment  holds the packet, {@code length} bytes at {@code offset}, valid during this call only
     * @param dueNanos since the source's first packet, at normal speed; never less than the packet's before
     */
    void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos);

    /** No packet follows. */
    default void end() {
    }

    /** Nobody wants more packets. */
    boolean isStopped();
}
