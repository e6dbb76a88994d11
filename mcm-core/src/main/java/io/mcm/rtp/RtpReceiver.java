package io.mcm.rtp;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;

/**
 * What one UDP port receives: checks every datagram, selects one source, puts its packets in order, lets one payload type through. No other
 * source is mixed in; {@link Sources} says when another takes over, {@link PayloadTypeFilter} when another payload type does. RTCP is read
 * for the selected source's reports and its BYE, on this port and on the one above. Used by one thread.
 */
public final class RtpReceiver {

    private final ReceiverConfig config;
    private final Counters<RtpCounter> counters = new Counters<>(RtpCounter.class);
    private final ReorderWindow window;
    private final Sources sources;
    private final RtcpReader rtcp;
    private final RtpPacket packet = new RtpPacket();

    public RtpReceiver(ReceiverConfig config, RtpSink sink) {
        this.config = config;
        RtpSink filter = new PayloadTypeFilter(config, counters, sink);
        window = new ReorderWindow(config.windowPackets(), config.windowNanos(), counters, filter);
        sources = new Sources(config, counters, window);
        rtcp = new RtcpReader(sources);
    }

    /**
     * Takes a datagram of the RTP port. Its bytes are not needed after the call.
     *
     * @param length bytes of the datagram, all inside {@code segment}
     * @param nowNanos when it arrived; never less than in an earlier call
     * @return whether it was a packet of the selected source
     */
    public boolean accept(MemorySegment segment, long offset, int length, long nowNanos) {
        if (Rtcp.isRtcp(segment, offset, length)) {
            counters.increment(RtpCounter.RTCP);
            rtcp.accept(segment, offset, length, nowNanos);
            return false;
        }
        return switch (packet.wrap(segment, offset, length)) {
            case VALID -> take(nowNanos);
            case PADDING_EMPTY -> padded(nowNanos);
            case TOO_SHORT -> refused(RtpCounter.TOO_SHORT);
            case WRONG_VERSION -> refused(RtpCounter.WRONG_VERSION);
            case OVERRUN -> refused(RtpCounter.OVERRUN);
        };
    }

    private boolean take(long nowNanos) {
        return Rtcp.isMistakenFor(packet.payloadType())
            ? refused(RtpCounter.RTCP_PAYLOAD_TYPE)
            : sources.accept(packet, nowNanos);
    }

    private boolean padded(long nowNanos) {
        counters.increment(RtpCounter.PADDING_EMPTY);
        return !config.strict() && take(nowNanos);
    }

    private boolean refused(RtpCounter cause) {
        counters.increment(cause);
        return false;
    }

    /**
     * Takes a datagram of the RTCP port. After the RTP that came before it: a BYE ends the stream.
     *
     * @return whether it had a sender report of the selected source
     */
    public boolean acceptRtcp(MemorySegment segment, long offset, int length, long nowNanos) {
        long before = sources.reports();
        rtcp.accept(segment, offset, length, nowNanos);
        return sources.reports() != before;
    }

    /** Gives up what has waited too long; to be called at {@link #deadline()}. */
    public void poll(long nowNanos) {
        // First who takes over: what it sent while it was held may have waited its time by now.
        sources.poll(nowNanos);
        window.poll(nowNanos);
    }

    /** When {@link #poll} has something to do, or {@link Long#MAX_VALUE}. */
    public long deadline() {
        return Math.min(window.deadline(), sources.deadline());
    }

    /** Ends the stream; the next packet's source, whichever it is, will be selected. */
    public void flush() {
        sources.flush();
    }

    /** Packets that wait for one before them. */
    int held() {
        return window.held();
    }

    public Counters<RtpCounter> counters() {
        return counters;
    }

    public Counters<RtcpCounter> rtcpCounters() {
        return rtcp.counters();
    }

    /** Whether a source has sent and is selected. */
    public boolean isSelected() {
        return sources.isSelected();
    }

    /** The selected source, while {@link #isSelected()}. */
    public int ssrc() {
        return sources.ssrc();
    }

    /** What a report says of the selected source. */
    public ReceptionStatistics statistics() {
        return sources.statistics();
    }

    /** The selected source's wall clock; unknown until it has sent a report. Always the same object. */
    public SenderClock senderClock() {
        return sources.clock();
    }
}
