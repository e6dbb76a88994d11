package io.mcm.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Writes the packets that a participant adds to its reports: who it is, and that it leaves (RFC 3550 sections 6.5 and 6.6).
 *
 * <pre>
 *   SDES  header (SC=1), own SSRC, CNAME=1, length, text, one to four zero bytes up to a whole word
 *   BYE   header (SC=1), own SSRC
 * </pre>
 */
final class SourceDescription {

    private static final int CNAME = 1;
    private static final int ITEM_HEADER_LENGTH = 2;
    private static final int ONE = 1;

    private final MemorySegment cname;

    SourceDescription(String cname) {
        byte[] text = cname.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || text.length > ReceiverReport.MAX_CNAME_LENGTH) {
            throw new IllegalArgumentException("CNAME of " + text.length + " bytes; allowed are 1 to " + ReceiverReport.MAX_CNAME_LENGTH);
        }
        this.cname = Arena.ofAuto().allocate(text.length);
        MemorySegment.copy(MemorySegment.ofArray(text), 0, this.cname, 0, text.length);
    }

    int write(MemorySegment to, long base, int ssrc) {
        int length = length();
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
    int length() {
        int items = ITEM_HEADER_LENGTH + (int) cname.byteSize();
        return Rtcp.MIN_LENGTH + (items / RtcpPacket.WORD + 1) * RtcpPacket.WORD;
    }

    static int writeGoodbye(MemorySegment to, long base, int ssrc) {
        RtcpPacket.writeHeader(to, base, ONE, Rtcp.GOODBYE, Rtcp.MIN_LENGTH);
        to.set(RtcpPacket.U32, base + RtcpPacket.SSRC_OFFSET, ssrc);
        return Rtcp.MIN_LENGTH;
    }
}
