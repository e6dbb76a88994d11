package io.mcm.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tells RTCP from RTP where both share a port (RFC 5761 section 4). */
public final class Rtcp {

    /** Sender report, the lowest packet type in use (RFC 3550 section 12.1). */
    public static final int SENDER_REPORT = 200;
    /** Extended report, the highest packet type in use (RFC 3611 section 2). */
    public static final int EXTENDED_REPORT = 207;

    /** Common header and SSRC: nothing shorter names its sender. */
    private static final int MIN_LENGTH = 8;
    private static final int VERSION = 2;
    private static final int VERSION_SHIFT = 6;
    private static final int PACKET_TYPE_OFFSET = 1;

    private Rtcp() {
    }

    /** Whether the datagram is RTCP. As RTP it would be payload type 72 to 79 with the marker set, which nobody uses. */
    public static boolean isRtcp(MemorySegment segment, long offset, int length) {
        if (length < MIN_LENGTH || u8(segment, offset) >> VERSION_SHIFT != VERSION) {
            return false;
        }
        int type = u8(segment, offset + PACKET_TYPE_OFFSET);
        return type >= SENDER_REPORT && type <= EXTENDED_REPORT;
    }

    private static int u8(MemorySegment segment, long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }
}
