package io.mcm.rtp;

import java.lang.foreign.MemorySegment;

/**
 * What a receiver says of one source, seen in place (RFC 3550 section 6.4.1).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        SSRC of the source                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | fraction lost |       cumulative number of packets lost       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           extended highest sequence number received           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      interarrival jitter                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         last SR (LSR)                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                   delay since last SR (DLSR)                  |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class ReportBlock {

    static final int LENGTH = 24;
    static final int SOURCE_OFFSET = 0;
    static final int LOSS_OFFSET = 4;
    static final int HIGHEST_OFFSET = 8;
    static final int JITTER_OFFSET = 12;
    static final int LAST_SR_OFFSET = 16;
    static final int DELAY_OFFSET = 20;

    static final int FRACTION_SHIFT = 24;
    static final int CUMULATIVE_MASK = 0xff_ffff;

    private MemorySegment segment = MemorySegment.NULL;
    private long base;

    /**
     * Moves the view onto the n-th block of a sender or receiver report.
     *
     * @return false, and then nothing may be asked, where the packet has no such block
     */
    public boolean wrap(RtcpPacket packet, int n) {
        int start = switch (packet.type()) {
            case Rtcp.SENDER_REPORT -> SenderReport.LENGTH;
            case Rtcp.RECEIVER_REPORT -> RtcpPacket.HEADER_LENGTH + RtcpPacket.SSRC_LENGTH;
            default -> packet.length();
        };
        segment = packet.segment();
        base = packet.base() + start + (long) n * LENGTH;
        return n >= 0 && n < packet.count() && start + (n + 1) * LENGTH <= packet.length();
    }

    /** The source that it is about. */
    public int ssrc() {
        return u32(SOURCE_OFFSET);
    }

    /** Of the packets expected since the report before, in 1/256: 0 to 255. */
    public int fractionLost() {
        return u32(LOSS_OFFSET) >>> FRACTION_SHIFT;
    }

    /** -2^23 to 2^23-1; negative where there were more duplicates than losses. */
    public int cumulativeLost() {
        return u32(LOSS_OFFSET) << Integer.SIZE - FRACTION_SHIFT >> Integer.SIZE - FRACTION_SHIFT;
    }

    /** Its upper half counts the wraps of the lower. */
    public int extendedHighest() {
        return u32(HIGHEST_OFFSET);
    }

    /** In ticks of the media clock. */
    public int jitter() {
        return u32(JITTER_OFFSET);
    }

    /** The middle 32 bits of the last sender report's NTP time; 0 where there was none. */
    public int lastSenderReport() {
        return u32(LAST_SR_OFFSET);
    }

    /** In 1/65,536 s; 0 where there was no sender report. */
    public int delaySinceLastSenderReport() {
        return u32(DELAY_OFFSET);
    }

    private int u32(int offset) {
        return segment.get(RtcpPacket.U32, base + offset);
    }
}
