package io.mcm.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Writes what a receiver sends: a compound of a receiver report, with a block for its source, and the CNAME that RFC 3550 section 6.1
 * demands in each compound. After it, where the receiver leaves, a BYE.
 *
 * <pre>
 *   RR    header, own SSRC, report block (none before the first packet)
 *   SDES  header (SC=1), own SSRC, CNAME=1, length, text, one to four zero bytes up to a whole word
 *   BYE   header (SC=1), own SSRC
 * </pre>
 */
public final class ReceiverReport {

    /** As long as a CNAME can be: an 8-bit length (RFC 3550 section 6.5). */
    public static final int MAX_CNAME_LENGTH = 255;

    private static final int CNAME = 1;
    private static final int ITEM_HEADER_LENGTH = 2;
    private static final int ONE = 1;

    private final int ssrc;
    private final MemorySegment cname;

    /**
     * @param ssrc the receiver's own; random (RFC 3550 section 8.1)
     * @param cname which receiver this is, at most 255 bytes of UTF-8; random, not an address or a user's name (RFC 7022)
     */
    public ReceiverReport(int ssrc, String cname) {
        byte[] text = cname.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || text.length > MAX_CNAME_LENGTH) {
            throw new IllegalArgumentException("CNAME of " + text.length + " bytes; allowed are 1 to " + MAX_CNAME_LENGTH);
        }
        this.ssrc = ssrc;
        this.cname = Arena.ofAuto().allocate(text.length);
        MemorySegment.copy(MemorySegment.ofArray(text), 0, this.cname, 0, text.length);
    }

    public int ssrc() {
        return ssrc;
    }

    /** Bytes that {@link #write} and then {@link #writeGoodbye} need at most. */
    public int maxLength() {
        return 2 * Rtcp.MIN_LENGTH + ReportBlock.LENGTH + descriptionLength();
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
        return length + writeDescription(to, base + length);
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

    private int writeDescription(MemorySegment to, long base) {
        int length = descriptionLength();
        int textLength = (int) cname.byteSize();
        long item = base + Rtcp.MIN_LENGTH;
        to.asSlice(base, length).fill((byte) 0);
        RtcpPacket.writeHeader(to, base, ONE, Rtcp.SOURCE_DESCRIPTION, length);
        to.set(RtcpPacket.U32, base + RtcpPacket.SSRC_OFFSET, ssrc);
        to.set(RtcpPacket.U8, item, (byte) CNAME);
        to.set(RtcpPacket.U8, item + 1, (byte) textLength);
        MemorySegment.copy(cname, 0, to, item + ITEM_HEADER_LENGTH, textLength);
        return length;
    }

    /** The list of items ends with at least one zero byte, on a whole word. */
    private int descriptionLength() {
        int items = ITEM_HEADER_LENGTH + (int) cname.byteSize();
        return Rtcp.MIN_LENGTH + (items / RtcpPacket.WORD + 1) * RtcpPacket.WORD;
    }

    /** Writes a BYE, to be sent behind a report. */
    public int writeGoodbye(MemorySegment to, long base) {
        RtcpPacket.writeHeader(to, base, ONE, Rtcp.GOODBYE, Rtcp.MIN_LENGTH);
        to.set(RtcpPacket.U32, base + RtcpPacket.SSRC_OFFSET, ssrc);
        return Rtcp.MIN_LENGTH;
    }
}
