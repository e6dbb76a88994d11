package io.mcm.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Numbers of RTCP, and how it is told from RTP where both share a port (RFC 5761 section 4). */
public final class Rtcp {

    /** Sender report (RFC 3550 section 6.4.1). */
    public static final int SENDER_REPORT = 200;
    /** Receiver report (RFC 3550 section 6.4.2). */
    public static final int RECEIVER_REPORT = 201;
    /** Source description (RFC 3550 section 6.5). */
    public static final int SOURCE_DESCRIPTION = 202;
    /** Goodbye (RFC 3550 section 6.6). */
    public static final int GOODBYE = 203;
    /** Application-defined (RFC 3550 section 6.7). */
    public static final int APPLICATION = 204;
    /** Extended report (RFC 3611 section 2). */
    public static final int EXTENDED_REPORT = 207;

    /** Common header and SSRC: nothing shorter names its sender. */
    public static final int MIN_LENGTH = 8;
    static final int VERSION = 2;
    static final int VERSION_SHIFT = 6;

    /** RFC 5761 section 4 keeps RTCP's types to these, and RTP's off what they look like with the marker taken for the top bit. */
    private static final int FIRST_TYPE = 192;
    private static final int LAST_TYPE = 223;
    private static final int TYPE_OFFSET = 1;
    private static final int MARKER = 0x80;

    private Rtcp() {}

    /** Whether the datagram is RTCP. As RTP it would be payload type 64 to 95 with the marker set, which a sender must not use. */
    public static boolean isRtcp(MemorySegment segment, long offset, int length) {
        return length >= MIN_LENGTH && u8(segment, offset) >> VERSION_SHIFT == VERSION && isType(u8(segment, offset + TYPE_OFFSET));
    }

    /**
     * Whether packets of this RTP payload type would be taken for RTCP as soon as they have a marker (RFC 5761 section 4): 64 to 95,
     * among them 72 to 76, which RFC 3551 section 6 reserves for that reason.
     */
    public static boolean isMistakenFor(int payloadType) {
        return isType(payloadType | MARKER);
    }

    static boolean isType(int packetType) {
        return packetType >= FIRST_TYPE && packetType <= LAST_TYPE;
    }

    private static int u8(MemorySegment segment, long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }
}
