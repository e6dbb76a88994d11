package io.mcm.conformance.replay;

import io.mcm.conformance.replay.Reference.PacketFeed;
import io.mcm.conformance.replay.Reference.TimedPacket;
import java.io.IOException;

/** A packet where there is one, a capture's, and one more. */
final class Framed implements PacketFeed {

    private byte[] before;
    private final PacketFeed capture;
    private byte[] after;
    private long latest;

    /** @param before null for none */
    Framed(byte[] before, PacketFeed capture, byte[] after) {
        this.before = before;
        this.capture = capture;
        this.after = after;
    }

    @Override
    public TimedPacket next() throws IOException {
        if (before != null) {
            TimedPacket first = new TimedPacket(before, 0);
            before = null;
            return first;
        }
        TimedPacket packet = capture.next();
        if (packet == null && after != null) {
            packet = new TimedPacket(after, latest);
            after = null;
        }
        latest = packet == null ? latest : packet.nanos();
        return packet;
    }
}
