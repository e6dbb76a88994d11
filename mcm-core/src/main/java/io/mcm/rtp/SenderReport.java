package io.mcm.rtp;

import java.lang.foreign.MemorySegment;

/**
 * A sender report seen in place (RFC 3550 section 6.4.1).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|   RC    |   PT=SR=200   |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         SSRC of sender                        |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |              NTP timestamp, most significant word             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |             NTP timestamp, least significant word             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         RTP timestamp                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     sender's packet count                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      sender's octet count                     |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |                       RC report blocks                        |
 * </pre>
 */
public final class SenderReport {

    /** Bytes before the report blocks. */
    static final int LENGTH = 28;

    static final int NTP_OFFSET = 8;
    static final int RTP_OFFSET = 16;
    static final int PACKETS_OFFSET = 20;
    static final int OCTETS_OFFSET = 24;

    private MemorySegment segment = MemorySegment.NULL;
    private long base;

    /** Moves the view onto the packet; false, and then nothing may be asked, where it is not a whole sender report. */
    public boolean wrap(RtcpPacket packet) {
        segment = packet.segment();
        base = packet.base();
        return packet.type() == Rtcp.SENDER_REPORT && packet.length() >= LENGTH + packet.count() * ReportBlock.LENGTH;
    }

    public int ssrc() {
        return segment.get(RtcpPacket.U32, base + RtcpPacket.SSRC_OFFSET);
    }

    /** Seconds since 1900 in the upper half, their fraction in the lower; 0 from a sender that has no wall clock. */
    public long ntp() {
        return segment.get(RtcpPacket.U64, base + NTP_OFFSET);
    }

    /** The same instant on the media clock. */
    public int rtpTimestamp() {
        return segment.get(RtcpPacket.U32, base + RTP_OFFSET);
    }

    /** Unsigned 32 bits. */
    public int packetCount() {
        return segment.get(RtcpPacket.U32, base + PACKETS_OFFSET);
    }

    /** Payload bytes sent; unsigned 32 bits. */
    public int octetCount() {
        return segment.get(RtcpPacket.U32, base + OCTETS_OFFSET);
    }

    /** Changes what the report says of its sender's clocks. */
    public void writeTime(long ntp, int rtpTimestamp) {
        segment.set(RtcpPacket.U64, base + NTP_OFFSET, ntp);
        segment.set(RtcpPacket.U32, base + RTP_OFFSET, rtpTimestamp);
    }

    /** Changes what the report says was sent; the low 32 bits count. */
    public void writeCounts(long packets, long octets) {
        segment.set(RtcpPacket.U32, base + PACKETS_OFFSET, (int) packets);
        segment.set(RtcpPacket.U32, base + OCTETS_OFFSET, (int) octets);
    }
}
