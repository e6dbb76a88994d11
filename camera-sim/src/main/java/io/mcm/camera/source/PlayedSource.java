package io.mcm.camera.source;

import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.SenderReport;

/** One RTP source of a recording while it is played: how far a pass of it goes, what was sent of it, and where its wall clock is. */
final class PlayedSource {

    private static final long NO_CLOCK = 0;

    private final int ssrc;
    private LoopSeam seam;
    private long packets;
    private long octets;
    private boolean clockKnown;
    private long ntpShift;

    PlayedSource(int ssrc) {
        this.ssrc = ssrc;
    }

    int ssrc() {
        return ssrc;
    }

    /** Sequence numbers of one pass; known after the first. */
    int sequences() {
        return seam == null ? 0 : seam.sequences();
    }

    /** Timestamp ticks of one pass; known after the first. */
    int ticks() {
        return seam == null ? 0 : seam.ticks();
    }

    void sent(RtpPacket packet, boolean firstPass) {
        packets++;
        octets += packet.payloadLength();
        if (firstPass) {
            seam = seam == null ? new LoopSeam(packet) : seam;
            seam.add(packet);
        }
    }

    /**
     * Has a report say what is true now: the first one's wall clock is set to now, later ones keep their distance from it; a sender that has no
     * wall clock gets none.
     *
     * @param nowNtp the wall clock's time at which this report is due, seconds since 1900 in 32.32 fixed point
     * @param passNtp how long the passes before took, likewise
     * @param passTicks the same on the media clock
     */
    void rewrite(SenderReport report, long nowNtp, long passNtp, int passTicks) {
        if (!clockKnown && report.ntp() != NO_CLOCK) {
            clockKnown = true;
            ntpShift = nowNtp - passNtp - report.ntp();
        }
        report.writeTime(report.ntp() == NO_CLOCK ? NO_CLOCK : report.ntp() + ntpShift + passNtp, report.rtpTimestamp() + passTicks);
        report.writeCounts(packets, octets);
    }
}
