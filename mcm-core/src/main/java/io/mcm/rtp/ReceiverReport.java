package io.mcm.rtp;

import java.lang.foreign.MemorySegment;

/**
 * Writes what a receiver sends: a compound of a receiver report, with a block for its source, and the CNAME that RFC 3550 section 6.1
 * demands in each compound. After it, where the receiver leaves, a BYE.
 *
 * <pre>
 *   RR    header, own SSRC, report block (none before the first packet)
 *   SDES, BYE   see SourceDescription
 * </pre>
 */
public final class ReceiverReport {

    /** As long as a CNAME can be: an 8-bit length (RFC 3550 section 6.5). */
    public static final int MAX_CNAME_LENGTH = 255;

    private final int ssrc;
    private final SourceDescription description;

    /**
     * @param ssrc the receiver's own; random (RFC 3550 section 8.1)
     * @param cname which receiver this is, at most 255 bytes of UTF-8; random, not an address or a user's name (RFC 7022)
     */
    public ReceiverReport(int ssrc, String cname) {
        this.ssrc = ssrc;
        description = new SourceDescription(cname);
    }

    public int ssrc() {
        return ssrc;
    }

    /** Bytes that {@link #write} and then {@link #writeGoodbye} need at most. */
    public int maxLength() {
        return 2 * Rtcp.MIN_LENGTH + ReportBlock.LENGTH + description.length();
    }

    /**
     * Writes the compound, and ends the statistics' interval.
     *
     * @param source the SSRC that the statistics are of
     * @return its bytes, a multiple of 4
     */
    public int write(MemorySegment to, long base, int source, ReceptionStatistics statistics, SenderClock clock, long nowNanos) {
        int blocks = statistics.hasPackets() ? 1 : 0;
        int length = Rtcp.MIN_LENGTH + blocks * ReportBlock.LENGTH;
        RtcpPacket.writeHeader(to, base, blocks, Rtcp.RECEIVER_REPORT, length);
        to.set(RtcpPacket.U32, base + RtcpPacket.SSRC_OFFSET, ssrc);
        if (blocks > 0) {
            writeBlock(to, base + Rtcp.MIN_LENGTH, source, statistics, clock, nowNanos);
        }
        return length + description.write(to, base + length, ssrc);
    }

    private static void writeBlock(MemorySegment to, long base, int source, ReceptionStatistics statistics, SenderClock clock,
            long nowNanos) {
        int loss = statistics.takeFractionLost() << ReportBlock.FRACTION_SHIFT
            | statistics.cumulativeLost() & ReportBlock.CUMULATIVE_MASK;
        to.set(RtcpPacket.U32, base + ReportBlock.SOURCE_OFFSET, source);
        to.set(RtcpPacket.U32, base + ReportBlock.LOSS_OFFSET, loss);
        to.set(RtcpPacket.U32, base + ReportBlock.HIGHEST_OFFSET, (int) statistics.extendedHighest());
        to.set(RtcpPacket.U32, base + ReportBlock.JITTER_OFFSET, statistics.jitter());
        to.set(RtcpPacket.U32, base + ReportBlock.LAST_SR_OFFSET, clock.lastReport());
        to.set(RtcpPacket.U32, base + ReportBlock.DELAY_OFFSET, clock.delaySinceLastReport(nowNanos));
    }

    /** Writes a BYE, to be sent behind a report. */
    public int writeGoodbye(MemorySegment to, long base) {
        return SourceDescription.writeGoodbye(to, base, ssrc);
    }
}
