package io.mcm.rtp;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;

/**
 * What one UDP port receives: checks every datagram, selects one source, puts its packets in order. The first source that
 * sends is selected, and no other is mixed in. Only when it has been silent for {@link ReceiverConfig#sourceTimeoutNanos} may
 * another take over, with its second packet in sequence (RFC 3550 appendix A.1): a restarted camera has a new SSRC, but two
 * cameras sent to one port must not take turns. Used by one thread.
 */
public final class RtpReceiver {

    private final ReceiverConfig config;
    private final Counters<RtpCounter> counters;
    private final ReorderWindow window;
    private final RtpPacket packet = new RtpPacket();
    private final Probation successor = new Probation();

    private boolean selected;
    private int ssrc;
    private long lastArrival;

    public RtpReceiver(ReceiverConfig config, RtpSink sink) {
        this.config = config;
        counters = new Counters<>(RtpCounter.class);
        window = new ReorderWindow(config.windowPackets(), config.windowNanos(), counters, sink);
    }

    /**
     * Takes a datagram. Its bytes are not needed after the call.
     *
     * @param length bytes of the datagram, all inside {@code segment}
     * @param nowNanos when it arrived; never less than in an earlier call
     */
    public void accept(MemorySegment segment, long offset, int length, long nowNanos) {
        if (Rtcp.isRtcp(segment, offset, length)) {
            counters.increment(RtpCounter.RTCP);
            return;
        }
        switch (packet.wrap(segment, offset, length)) {
            case VALID -> select(nowNanos);
            case TOO_SHORT -> counters.increment(RtpCounter.TOO_SHORT);
            case WRONG_VERSION -> counters.increment(RtpCounter.WRONG_VERSION);
            case OVERRUN -> counters.increment(RtpCounter.OVERRUN);
        }
    }

    /** Gives up what has waited too long; to be called at {@link #deadline()}. */
    public void poll(long nowNanos) {
        window.poll(nowNanos);
    }

    /** When {@link #poll} has something to do, or {@link Long#MAX_VALUE}. */
    public long deadline() {
        return window.deadline();
    }

    /** Ends the stream; the next packet's source, whichever it is, will be selected. */
    public void flush() {
        window.flush();
        dropSuccessor();
        selected = false;
    }

    public Counters<RtpCounter> counters() {
        return counters;
    }

    /** Whether a source has sent and is selected. */
    public boolean isSelected() {
        return selected;
    }

    /** The selected source, while {@link #isSelected()}. */
    public int ssrc() {
        return ssrc;
    }

    private void select(long nowNanos) {
        if (!config.takesPayloadType(packet.payloadType())) {
            counters.increment(RtpCounter.FOREIGN_PAYLOAD_TYPE);
        } else if (selected && packet.ssrc() == ssrc) {
            pass(packet, nowNanos);
        } else if (!config.takesSsrc(packet.ssrc())) {
            counters.increment(RtpCounter.FOREIGN_SSRC);
        } else if (selected) {
            foreign(nowNanos);
        } else {
            take(packet.ssrc());
            pass(packet, nowNanos);
        }
    }

    private void foreign(long nowNanos) {
        if (nowNanos - lastArrival < config.sourceTimeoutNanos()) {
            counters.increment(RtpCounter.FOREIGN_SSRC);
        } else if (successor.isConfirmedBy(packet)) {
            succeed(nowNanos);
        } else if (successor.isOpen() && !successor.isFor(packet.ssrc()) && isFresh(successor, nowNanos)) {
            counters.increment(RtpCounter.FOREIGN_SSRC);
        } else {
            dropSuccessor();
            successor.begin(packet, nowNanos);
        }
    }

    private void succeed(long nowNanos) {
        window.flush();
        counters.increment(RtpCounter.SOURCE_CHANGE);
        successor.end();
        take(packet.ssrc());
        pass(successor.packet(), successor.arrivalNanos());
        pass(packet, nowNanos);
    }

    /** Two candidates that alternate must not keep each other from being confirmed. */
    private boolean isFresh(Probation candidate, long nowNanos) {
        return nowNanos - candidate.arrivalNanos() <= config.sourceTimeoutNanos();
    }

    private void dropSuccessor() {
        if (successor.isOpen()) {
            successor.end();
            counters.increment(RtpCounter.FOREIGN_SSRC);
        }
    }

    private void take(int ssrc) {
        selected = true;
        this.ssrc = ssrc;
    }

    private void pass(RtpPacket packet, long nowNanos) {
        lastArrival = nowNanos;
        counters.increment(RtpCounter.PACKETS);
        counters.add(RtpCounter.BYTES, packet.length());
        window.accept(packet, nowNanos);
    }
}
