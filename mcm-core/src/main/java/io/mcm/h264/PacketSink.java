package io.mcm.h264;

import java.lang.foreign.MemorySegment;

/** Takes RTP packets ready to be sent. */
@FunctionalInterface
public interface PacketSink {

    /** The next packet: {@code length} bytes at {@code offset}, valid during this call only. */
    void packet(MemorySegment segment, long offset, int length);
}
