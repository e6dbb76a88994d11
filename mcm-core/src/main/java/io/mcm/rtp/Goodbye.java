package io.mcm.rtp;

import java.lang.foreign.MemorySegment;

/**
 * The sources that a BYE names, seen in place (RFC 3550 section 6.6): after the first word their SSRCs, as many as the count says; then,
 * if there is more, a reason as a length byte and text, which is skipped.
 */
public final class Goodbye {

    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private int count;

    /** Moves the view onto the packet; false where it is not a whole BYE. */
    public boolean wrap(RtcpPacket packet) {
        segment = packet.segment();
        base = packet.base();
        count = packet.count();
        return packet.type() == Rtcp.GOODBYE && RtcpPacket.HEADER_LENGTH + count * RtcpPacket.SSRC_LENGTH <= packet.length();
    }

    /** 0 to 31; a BYE that names none is valid and useless. */
    public int count() {
        return count;
    }

    /** The n-th source that leaves; n is below {@link #count()}. */
    public int ssrc(int n) {
        return segment.get(RtcpPacket.U32, base + RtcpPacket.HEADER_LENGTH + (long) n * RtcpPacket.SSRC_LENGTH);
    }
}
