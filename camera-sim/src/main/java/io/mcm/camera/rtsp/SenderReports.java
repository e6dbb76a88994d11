package io.mcm.camera.rtsp;

import io.mcm.camera.pace.PacketOut;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.SenderReportWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;

/** Sends a sender report with the first packet and then every five seconds, and a BYE at the end (RFC 3550 sections 6.4.1 and 6.6). */
final class SenderReports {

    /** RFC 3550 section 6.2: the recommended minimum. */
    static final long INTERVAL_NANOS = 5_000_000_000L;

    /** From 1900, NTP's epoch, to 1970: RFC 868. */
    private static final long NTP_SECONDS = 2_208_988_800L;
    private static final int FRACTION_BITS = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final String CNAME = "mcm camera";

    private final PacketOut out;
    private final InstantSource wallClock;
    private final SenderReportWriter writer = new SenderReportWriter(CNAME);
    private final MemorySegment report = Arena.ofAuto().allocate(writer.maxLength());
    private final RtpPacket packet = new RtpPacket();
    private boolean begun;
    private long lastNanos;
    private int ssrc;
    private int timestamp;
    private int packets;
    private int octets;

    SenderReports(PacketOut out, InstantSource wallClock) {
        this.out = out;
        this.wallClock = wallClock;
    }

    /** An RTP packet has been sent. Returns whether a report went with it. */
    boolean sent(MemorySegment segment, long offset, int length, long nowNanos) {
        if (packet.wrap(segment, offset, length) != RtpPacket.Validity.VALID) {
            return false;
        }
        ssrc = packet.ssrc();
        timestamp = packet.timestamp();
        packets++;
        octets += packet.payloadLength();
        boolean due = !begun || nowNanos - lastNanos >= INTERVAL_NANOS;
        if (due) {
            begun = true;
            lastNanos = nowNanos;
            out.send(MediaOut.RTCP, report, 0, write());
        }
        return due;
    }

    private int write() {
        return writer.write(report, 0, ssrc, ntp(wallClock.instant()), timestamp, packets, octets);
    }

    static long ntp(Instant now) {
        long fraction = ((long) now.getNano() << FRACTION_BITS) / NANOS_PER_SECOND;
        return now.getEpochSecond() + NTP_SECONDS << FRACTION_BITS | fraction;
    }

    /** Nothing follows. Nobody is told where nothing was sent. */
    void leave() {
        if (begun) {
            int length = write();
            out.send(MediaOut.RTCP, report, 0, length + writer.writeGoodbye(report, length, ssrc));
        }
    }
}
