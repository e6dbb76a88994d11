package io.mcm.proxy.delivery;

import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.MemorySegment;

/** For a depacketizer that only counts. */
final class DiscardingSink implements NalUnitSink {

    @Override
    public void begin(NalUnitOrigin origin, int header) {}

    @Override
    public void append(MemorySegment from, long offset, int length) {}

    @Override
    public void end() {}

    @Override
    public void abandon() {}

    @Override
    public void endAccessUnit() {}
}
