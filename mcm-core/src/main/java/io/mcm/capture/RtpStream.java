package io.mcm.capture;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.H264Counter;
import io.mcm.h264.NalHeader;
import io.mcm.h264.parameter.SequenceParameterSet;
import io.mcm.metric.Counters;
import io.mcm.rtp.ReorderWindow;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.Ssrc;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a capture holds of one RTP stream: one flow, one SSRC, one payload type. */
public final class RtpStream {

    /** One packet in ten may be anything: a stream that begins or ends in the middle of something is still one. */
    private static final int PLAUSIBLE_OF_TEN = 9;

    private final Flow flow;
    private final int ssrc;
    private final int payloadType;
    private final Counters<RtpCounter> rtp = new Counters<>(RtpCounter.class);
    private final NalUnitTally units = new NalUnitTally();
    private final Depacketizer depacketizer = new Depacketizer(units);
    private final ReorderWindow window =
        new ReorderWindow(ReorderWindow.DEFAULT_PACKETS, ReorderWindow.DEFAULT_NANOS, rtp, depacketizer);
    private final Map<Packetization, Long> packetization = new EnumMap<>(Packetization.class);
    private final long firstNanos;
    private long lastNanos;
    private long packets;
    private long bytes;
    private long plausible;
    private long markers;
    private int maxPacketLength;
    private RtpScan.Reports reports = RtpScan.Reports.NONE;

    RtpStream(Datagram datagram, RtpPacket packet) {
        flow = datagram.flow();
        ssrc = packet.ssrc();
        payloadType = packet.payloadType();
        firstNanos = datagram.arrivalNanos();
    }

    boolean owns(Datagram datagram, RtpPacket packet) {
        return ssrc == packet.ssrc() && payloadType == packet.payloadType() && datagram.isOf(flow);
    }

    void add(Datagram datagram, RtpPacket packet) {
        packets++;
        bytes += packet.length();
        lastNanos = datagram.arrivalNanos();
        maxPacketLength = Math.max(maxPacketLength, packet.length());
        if (packet.marker()) {
            markers++;
        }
        if (packet.payloadLength() > 0) {
            packetization.merge(Packetization.of(NalHeader.type(packet.payloadByte(0))), 1L, Long::sum);
        }
        if (H264Payload.isPlausible(packet)) {
            plausible++;
        }
        window.accept(packet, datagram.arrivalNanos());
    }

    void addRtcp(RtpScan.Reports fromSource) {
        reports = fromSource;
    }

    void finish() {
        window.flush();
    }

    public Flow flow() {
        return flow;
    }

    /** Unsigned 32 bits. */
    public int ssrc() {
        return ssrc;
    }

    /** 35 to 63 or 96 to 127. */
    public int payloadType() {
        return payloadType;
    }

    /** All that the capture holds, duplicates too. */
    public long packets() {
        return packets;
    }

    /** Of these packets, RTP headers included. */
    public long bytes() {
        return bytes;
    }

    /** Sequence numbers that never came, or too late for the default reorder window. */
    public long lost() {
        return rtp.get(RtpCounter.LOST);
    }

    public long duplicated() {
        return rtp.get(RtpCounter.DUPLICATED);
    }

    /** Packets after one with a higher sequence number. */
    public long reordered() {
        return rtp.get(RtpCounter.REORDERED);
    }

    /** Nanoseconds since 1970 UTC. */
    public long firstNanos() {
        return firstNanos;
    }

    /** Nanoseconds since 1970 UTC. */
    public long lastNanos() {
        return lastNanos;
    }

    public long markers() {
        return markers;
    }

    /** Bytes of the longest packet, RTP header included. */
    public int maxPacketLength() {
        return maxPacketLength;
    }

    /** RTCP packets of this source, on this port or the one after. */
    public long rtcpPackets() {
        return reports.packets();
    }

    /** Whether they went where the stream's packets went (RFC 5761), instead of to a port of their own. */
    public boolean isRtcpMuxed() {
        return reports.port() == flow.destination().port();
    }

    /** Packets by the way in which they carry NAL units; kinds that do not occur are not in it. */
    public Map<Packetization, Long> packetization() {
        return Map.copyOf(packetization);
    }

    /** Whole NAL units of a type, 0 to 31. */
    public long nalUnits(int type) {
        return units.units(type);
    }

    /** Whole NAL units of all types. */
    public long nalUnits() {
        return depacketizer.counters().get(H264Counter.NAL_UNITS);
    }

    public long accessUnits() {
        return depacketizer.counters().get(H264Counter.ACCESS_UNITS);
    }

    /** What the stream itself says of its pictures: the last readable set of each id. */
    public List<SequenceParameterSet> sequenceSets() {
        return units.parameterSets().readableSequenceSets();
    }

    /** Whether the payloads can be H.264; there is no SDP in a capture that would say so. */
    public boolean isH264() {
        return plausible > 0 && plausible * 10 >= packets * PLAUSIBLE_OF_TEN;
    }

    @Override
    public String toString() {
        return flow + " SSRC " + Ssrc.text(ssrc) + " payload type " + payloadType;
    }
}
