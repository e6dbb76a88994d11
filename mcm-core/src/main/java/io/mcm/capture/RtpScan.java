package io.mcm.capture;

import io.mcm.rtp.Rtcp;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sorts a capture's datagrams into RTP streams. */
final class RtpScan {

    /** Far above the cameras of one site; a capture with a new SSRC in every packet must not fill the memory. */
    static final int MAX_STREAMS = 1_000;
    /** Payload types below have fixed meanings, none of them H.264; these do not, and Bosch cameras use 35 (RFC 3551 section 6). */
    private static final int FIRST_UNASSIGNED_TYPE = 35;
    private static final int LAST_UNASSIGNED_TYPE = 63;
    /** Those between mean RTCP to whoever looks at the second byte (RFC 5761 section 4). */
    private static final int FIRST_DYNAMIC_TYPE = 96;

    private static final int RTCP_SSRC_OFFSET = 4;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final List<RtpStream> streams = new ArrayList<>();
    /** RTCP packets by sender: reports often come before the stream's first packet. */
    private final Map<Integer, Reports> reports = new HashMap<>();
    private final RtpPacket packet = new RtpPacket();
    private RtpStream current;
    private long datagrams;
    private long unsorted;

    /**
     * RTCP of one sender.
     *
     * @param port where the last one went; 0 where there was none
     */
    record Reports(long packets, int port) {

        static final Reports NONE = new Reports(0, 0);

        Reports and(Reports later) {
            return new Reports(packets + later.packets, later.port);
        }
    }

    void add(Datagram datagram) {
        datagrams++;
        if (datagram.truncated()) {
            return;
        }
        if (Rtcp.isRtcp(datagram.segment(), datagram.offset(), datagram.length())) {
            addReport(datagram);
        } else if (isRtp(datagram)) {
            addPacket(datagram);
        }
    }

    /** Ends the streams. */
    List<RtpStream> finish() {
        for (RtpStream stream : streams) {
            stream.addRtcp(reports.getOrDefault(stream.ssrc(), Reports.NONE));
            stream.finish();
        }
        return streams;
    }

    long datagrams() {
        return datagrams;
    }

    /** RTP packets of streams beyond {@link #MAX_STREAMS}. */
    long unsorted() {
        return unsorted;
    }

    /** A packet without payload is none of a stream: RTSP clients send such ones against the stream to open a firewall. */
    private boolean isRtp(Datagram datagram) {
        return packet.wrap(datagram.segment(), datagram.offset(), datagram.length()).isPacket()
            && mayBeH264(packet.payloadType()) && packet.payloadLength() > 0;
    }

    private static boolean mayBeH264(int payloadType) {
        return payloadType >= FIRST_DYNAMIC_TYPE || payloadType >= FIRST_UNASSIGNED_TYPE && payloadType <= LAST_UNASSIGNED_TYPE;
    }

    private void addPacket(Datagram datagram) {
        if (current == null || !current.owns(datagram, packet)) {
            current = streamOf(datagram);
        }
        if (current == null) {
            unsorted++;
        } else {
            current.add(datagram, packet);
        }
    }

    private RtpStream streamOf(Datagram datagram) {
        for (RtpStream stream : streams) {
            if (stream.owns(datagram, packet)) {
                return stream;
            }
        }
        if (streams.size() == MAX_STREAMS) {
            return null;
        }
        RtpStream fresh = new RtpStream(datagram, packet);
        streams.add(fresh);
        return fresh;
    }

    private void addReport(Datagram datagram) {
        int sender = datagram.segment().get(U32, datagram.offset() + RTCP_SSRC_OFFSET);
        if (reports.size() < MAX_STREAMS || reports.containsKey(sender)) {
            reports.merge(sender, new Reports(1, datagram.destinationPort()), Reports::and);
        }
    }
}
