package io.mcm.rtp;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;

/** Reads RTCP datagrams: every length checked, everything refused counted, nothing allocated. Used by one thread. */
public final class RtcpReader {

    private final RtcpListener listener;
    private final Counters<RtcpCounter> counters = new Counters<>(RtcpCounter.class);
    private final RtcpPacket packet = new RtcpPacket();
    private final SenderReport senderReport = new SenderReport();
    private final ReportBlock block = new ReportBlock();
    private final Goodbye goodbye = new Goodbye();

    public RtcpReader(RtcpListener listener) {
        this.listener = listener;
    }

    public Counters<RtcpCounter> counters() {
        return counters;
    }

    /**
     * Takes a datagram. Its bytes are not needed after the call.
     *
     * @param length bytes of the datagram, all inside {@code segment}
     */
    public void accept(MemorySegment segment, long offset, int length, long nowNanos) {
        switch (packet.wrap(segment, offset, length)) {
            case VALID -> readAll(nowNanos);
            case TOO_SHORT -> counters.increment(RtcpCounter.RTCP_TOO_SHORT);
            case WRONG_VERSION -> counters.increment(RtcpCounter.RTCP_WRONG_VERSION);
            case WRONG_TYPE -> counters.increment(RtcpCounter.RTCP_WRONG_TYPE);
            case WRONG_PADDING -> counters.increment(RtcpCounter.RTCP_WRONG_PADDING);
            case WRONG_LENGTH -> counters.increment(RtcpCounter.RTCP_WRONG_LENGTH);
        }
    }

    private void readAll(long nowNanos) {
        counters.increment(RtcpCounter.RTCP_DATAGRAMS);
        packet.next();
        if (packet.type() != Rtcp.SENDER_REPORT && packet.type() != Rtcp.RECEIVER_REPORT) {
            counters.increment(RtcpCounter.RTCP_REDUCED_SIZE);
        }
        do {
            read(nowNanos);
        } while (packet.next());
    }

    private void read(long nowNanos) {
        boolean whole = switch (packet.type()) {
            case Rtcp.SENDER_REPORT -> senderReport(nowNanos);
            case Rtcp.RECEIVER_REPORT -> reportBlocks(nowNanos);
            case Rtcp.GOODBYE -> goodbye(nowNanos);
            default -> skip();
        };
        if (!whole) {
            counters.increment(RtcpCounter.RTCP_TRUNCATED);
        }
    }

    private boolean senderReport(long nowNanos) {
        if (!senderReport.wrap(packet)) {
            return false;
        }
        counters.increment(RtcpCounter.RTCP_SENDER_REPORTS);
        listener.senderReport(senderReport, nowNanos);
        return reportBlocks(nowNanos);
    }

    private boolean reportBlocks(long nowNanos) {
        int count = packet.count();
        if (packet.length() < Rtcp.MIN_LENGTH || count > 0 && !block.wrap(packet, count - 1)) {
            return false;
        }
        int reporter = packet.segment().get(RtcpPacket.U32, packet.base() + RtcpPacket.SSRC_OFFSET);
        for (int i = 0; i < count; i++) {
            block.wrap(packet, i);
            counters.increment(RtcpCounter.RTCP_REPORT_BLOCKS);
            listener.reportBlock(reporter, block, nowNanos);
        }
        return true;
    }

    private boolean goodbye(long nowNanos) {
        if (!goodbye.wrap(packet)) {
            return false;
        }
        for (int i = 0; i < goodbye.count(); i++) {
            counters.increment(RtcpCounter.RTCP_GOODBYES);
            listener.goodbye(goodbye.ssrc(i), nowNanos);
        }
        return true;
    }

    private boolean skip() {
        counters.increment(RtcpCounter.RTCP_SKIPPED);
        return true;
    }
}
