package io.mcm.camera.source;

import io.mcm.camera.TimedPacketSink;
import io.mcm.rtp.Rtcp;
import io.mcm.rtp.RtcpPacket;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.SenderReport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Plays recorded packets on their own clock, pass after pass. What is not to be changed is replayed byte for byte; later passes continue sequence
 * numbers and timestamps, and sender reports say what is true when they are sent (RFC 3550 section 6.4.1).
 */
public final class ReplaySource implements CameraSource {

    /** The system's: nanoseconds since 1970 UTC. */
    public static final LongSupplier WALL_CLOCK = () -> {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    };

    /** What a UDP datagram can carry. */
    private static final int MAX_PACKET_LENGTH = 65_535;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** RFC 6184 section 5.1. */
    private static final long TICKS_PER_SECOND = 90_000;
    /** Seconds from 1900 to 1970 (RFC 868). */
    private static final long NTP_TO_UNIX = 2_208_988_800L;

    private final RecordedPackets.Opener recording;
    private final int passes;
    private final Rewriting rewriting;
    private final LongSupplier wallClock;
    /** By stream, each with its sources in the order in which they appeared. */
    private final List<List<PlayedSource>> streams = new ArrayList<>();
    private final MemorySegment changed = Arena.ofAuto().allocate(MAX_PACKET_LENGTH);
    private final RtpPacket packet = new RtpPacket();
    private final RtcpPacket rtcp = new RtcpPacket();
    private final SenderReport report = new SenderReport();

    private RecordedPackets packets;
    private boolean started;
    private boolean passHadPackets;
    private long startWallNanos;
    private int pass;
    private int passTicks;
    private long passStart;
    private long passEnd;

    /**
     * Plays.
     *
     * @param passes how often; 0 for without end
     * @param wallClock nanoseconds since 1970 UTC, for sender reports
     */
    public ReplaySource(RecordedPackets.Opener recording, int passes, Rewriting rewriting, LongSupplier wallClock) {
        this.recording = recording;
        this.passes = passes;
        this.rewriting = rewriting;
        this.wallClock = wallClock;
    }

    @Override
    public boolean step(TimedPacketSink sink) throws IOException {
        if (packets == null && !openNextPass()) {
            return false;
        }
        if (!packets.next()) {
            return endPass() && step(sink);
        }
        if (!started) {
            started = true;
            startWallNanos = wallClock.getAsLong();
        }
        passHadPackets = true;
        passEnd = passStart + packets.nanos();
        if ((packets.channel() & 1) == 0) {
            playPacket(sink);
        } else {
            playReport(sink);
        }
        return true;
    }

    private boolean openNextPass() throws IOException {
        if (passes != 0 && pass == passes) {
            return false;
        }
        packets = recording.open();
        passHadPackets = false;
        return true;
    }

    /** @return whether another pass makes sense: one without a packet would be followed by none but its like */
    private boolean endPass() throws IOException {
        close();
        if (pass == 0) {
            passTicks = streams.stream().mapToInt(ReplaySource::ticks).max().orElse(0);
        }
        pass++;
        // As long as the timestamps say, but not before the last packet: the clocks of camera and recording differ.
        passStart = Math.max(passStart + Integer.toUnsignedLong(passTicks) * NANOS_PER_SECOND / TICKS_PER_SECOND, passEnd);
        return passHadPackets;
    }

    /** Of a pass of one stream, whose sources are there one after the other. */
    private static int ticks(List<PlayedSource> sources) {
        return sources.stream().mapToInt(PlayedSource::ticks).sum();
    }

    @Override
    public void close() throws IOException {
        if (packets != null) {
            packets.close();
            packets = null;
        }
    }

    private void playPacket(TimedPacketSink sink) {
        int stream = packets.channel() / 2;
        if (!packet.wrap(packets.segment(), packets.offset(), packets.length()).isPacket()) {
            throw new IllegalStateException("recorded RTP of " + packets.length() + " bytes is none");
        }
        PlayedSource source = sourceOf(stream, packet.ssrc());
        source.sent(packet, pass == 0);
        if (pass == 0 && !rewriting.changesPackets()) {
            sink.packet(packets.channel(), packets.segment(), packets.offset(), packets.length(), passEnd);
            return;
        }
        MemorySegment.copy(packets.segment(), packets.offset(), changed, 0, packets.length());
        RtpPacket.writeSequence(changed, 0, packet.sequence() + pass * source.sequences());
        RtpPacket.writeTimestamp(changed, 0, packet.timestamp() + pass * passTicks);
        RtpPacket.writeSsrc(changed, 0, rewriting.ssrc(stream, packet.ssrc()));
        if (rewriting.payloadType().isPresent()) {
            RtpPacket.writePayloadType(changed, 0, rewriting.payloadType().getAsInt());
        }
        sink.packet(packets.channel(), changed, 0, packets.length(), passEnd);
    }

    private PlayedSource sourceOf(int stream, int ssrc) {
        while (streams.size() <= stream) {
            streams.add(new ArrayList<>());
        }
        List<PlayedSource> sources = streams.get(stream);
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).ssrc() == ssrc) {
                return sources.get(i);
            }
        }
        PlayedSource fresh = new PlayedSource(ssrc);
        sources.add(fresh);
        return fresh;
    }

    private void playReport(TimedPacketSink sink) {
        int length = packets.length();
        MemorySegment.copy(packets.segment(), packets.offset(), changed, 0, length);
        if (rtcp.wrap(changed, 0, length) == RtcpPacket.Validity.VALID) {
            length = rewriteReports(length);
        }
        if (length > 0) {
            sink.packet(packets.channel(), changed, 0, length, passEnd);
        }
    }

    /** Bytes that are left: a goodbye is said once, at the end of the last pass. */
    private int rewriteReports(int length) {
        int stream = packets.channel() / 2;
        while (rtcp.next()) {
            if (rtcp.type() == Rtcp.GOODBYE && pass != passes - 1) {
                return (int) rtcp.base();
            }
            if (rtcp.length() >= Rtcp.MIN_LENGTH) {
                rewrite(stream);
            }
        }
        return length;
    }

    private void rewrite(int stream) {
        if (report.wrap(rtcp)) {
            long nowNtp = ntp(startWallNanos + passEnd, NANOS_PER_SECOND) + (NTP_TO_UNIX << Integer.SIZE);
            long passNtp = ntp(pass * Integer.toUnsignedLong(passTicks), TICKS_PER_SECOND);
            sourceOf(stream, rtcp.ssrc()).rewrite(report, nowNtp, passNtp, pass * passTicks);
        }
        rtcp.writeSsrc(rewriting.ssrc(stream, rtcp.ssrc()));
    }

    /** Seconds in 32.32 fixed point. */
    private static long ntp(long time, long perSecond) {
        return (time / perSecond << Integer.SIZE) + (time % perSecond << Integer.SIZE) / perSecond;
    }
}
