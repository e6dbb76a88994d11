package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;

/** The chain's end: notes what is sent. */
final class Outlet extends Stage {

    Outlet(Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        ledger.sent(segment, offset, length, dueNanos);
        next.packet(channel, segment, offset, length, dueNanos);
    }
}
