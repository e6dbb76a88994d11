package io.mcm.rtp;

import java.lang.foreign.MemorySegment;

/** Writes what a sender sends: a compound of a sender report without blocks and its CNAME; after it, where the sender leaves, a BYE. */
public final class SenderReportWriter {

    private static final int NO_BLOCKS = 0;

    private final SourceDescription description;

    /** @param cname see {@link ReceiverReport#ReceiverReport} */
    public SenderReportWriter(String cname) {
        description = new SourceDescription(cname);
    }

    /** Bytes that {@link #write} and then {@link #writeGoodbye} need at most. */
    public int maxLength() {
        return SenderReport.LENGTH + description.length() + Rtcp.MIN_LENGTH;
    }

    /**
     * Writes the compound.
     *
     * @param ntp as {@link SenderReport#ntp}
     * @param rtpTimestamp the same instant on the media clock
     * @param packets sent so far, modulo 2^32
     * @param octets of payload sent so far, modulo 2^32
     * @return its bytes, a multiple of 4
     */
    public int write(MemorySegment to, long base, int ssrc, long ntp, int rtpTimestamp, int packets, int octets) {
        RtcpPacket.writeHeader(to, base, NO_BLOCKS, Rtcp.SENDER_REPORT, SenderReport.LENGTH);
        to.set(RtcpPacket.U32, base + RtcpPacket.SSRC_OFFSET, ssrc);
        to.set(RtcpPacket.U64, base + SenderReport.NTP_OFFSET, ntp);
        to.set(RtcpPacket.U32, base + SenderReport.RTP_OFFSET, rtpTimestamp);
        to.set(RtcpPacket.U32, base + SenderReport.PACKETS_OFFSET, packets);
        to.set(RtcpPacket.U32, base + SenderReport.OCTETS_OFFSET, octets);
        return SenderReport.LENGTH + description.write(to, base + SenderReport.LENGTH, ssrc);
    }

    /** Writes a BYE, to be sent behind a report. */
    public int writeGoodbye(MemorySegment to, long base, int ssrc) {
        return SourceDescription.writeGoodbye(to, base, ssrc);
    }
}
