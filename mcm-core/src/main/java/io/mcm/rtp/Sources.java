package io.mcm.rtp;

import io.mcm.metric.Counters;

/**
 * Which of the sources that send to one port is taken. The first one; the others are counted. Another takes over
 * <ul>
 * <li>at once, where the selected one has said BYE;
 * <li>at once, where it is new and goes on exactly where the selected one's sequence stopped, in the same payload type: cameras that
 *     change their SSRC with every group of pictures. That another camera's first packet does so by chance is one in 65,536;
 * <li>where it is new and the selected one is silent for longer than its pauses are ({@link PauseMeter}): a restarted camera. What it sends
 *     meanwhile is held, and nothing is lost;
 * <li>where it is not new, that is, sent before while the selected one did, and the selected one is silent for
 *     {@link ReceiverConfig#sourceTimeoutNanos}: two cameras on one port must not take turns.
 * </ul>
 */
final class Sources implements RtcpListener {

    private final ReceiverConfig config;
    private final Counters<RtpCounter> counters;
    private final ReorderWindow window;
    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private final SenderClock clock = new SenderClock();
    /** Of the last source that reported and is not selected: a camera's first report comes before its first packet. */
    private final SenderClock othersClock = new SenderClock();
    private final PauseMeter pauses = new PauseMeter();
    private final Candidate candidate = new Candidate();
    private final Rivals rivals = new Rivals();

    private boolean selected;
    private int ssrc;
    private int payloadType;
    /** The selected source said BYE, and packets that were overtaken by it may still come. */
    private boolean leaving;
    private long leavesAt;
    private long reports;

    Sources(ReceiverConfig config, Counters<RtpCounter> counters, ReorderWindow window) {
        this.config = config;
        this.counters = counters;
        this.window = window;
    }

    /** @return whether the packet is the selected source's */
    boolean accept(RtpPacket packet, long nowNanos) {
        if (candidate.isOpen() || leaving) {
            poll(nowNanos);
        }
        if (selected && packet.ssrc() == ssrc) {
            pass(packet, nowNanos);
            settleCandidate(nowNanos);
        } else if (!config.takesSsrc(packet.ssrc())) {
            counters.increment(RtpCounter.FOREIGN_SSRC);
        } else if (!config.takesPayloadType(packet.payloadType())) {
            counters.increment(RtpCounter.FOREIGN_PAYLOAD_TYPE);
        } else if (!selected) {
            take(packet, nowNanos);
        } else if (leaving) {
            replace(packet, nowNanos);
        } else {
            other(packet, nowNanos);
        }
        return selected && packet.ssrc() == ssrc;
    }

    private void other(RtpPacket packet, long nowNanos) {
        boolean isNew = !candidate.isOf(packet.ssrc()) && !rivals.contains(packet.ssrc());
        if (isNew && continues(packet.sequence(), packet.payloadType())) {
            dropCandidate();
            continueAs(packet.ssrc());
            pass(packet, nowNanos);
        } else {
            hold(packet, nowNanos);
        }
    }

    private void hold(RtpPacket packet, long nowNanos) {
        if (rivals.contains(packet.ssrc()) && silence(nowNanos) < config.sourceTimeoutNanos()) {
            counters.increment(RtpCounter.FOREIGN_SSRC);
            return;
        }
        if (candidate.isOpen() && !candidate.isOf(packet.ssrc())) {
            // Two candidates that alternate must not keep each other from being confirmed.
            if (nowNanos - candidate.lastArrival() <= config.sourceTimeoutNanos()) {
                counters.increment(RtpCounter.FOREIGN_SSRC);
                return;
            }
            dropCandidate();
        }
        candidate.add(packet, nowNanos);
        poll(nowNanos);
    }

    /** Does what is due: the selected source leaves, or the candidate takes over. */
    void poll(long nowNanos) {
        if (leaving && nowNanos >= leavesAt) {
            leave();
        }
        if (selected && candidate.isConfirmed() && silence(nowNanos) >= patience()) {
            succeed();
        }
    }

    /** When {@link #poll} has something to do, or {@link Long#MAX_VALUE}. */
    long deadline() {
        long leaves = leaving ? leavesAt : Long.MAX_VALUE;
        return candidate.isConfirmed() ? Math.min(leaves, pauses.last() + patience()) : leaves;
    }

    private long silence(long nowNanos) {
        return nowNanos - pauses.last();
    }

    private long patience() {
        long most = config.sourceTimeoutNanos();
        return rivals.contains(candidate.ssrc()) ? most : pauses.patience(most);
    }

    private void succeed() {
        window.flush();
        counters.increment(RtpCounter.SOURCE_CHANGE);
        int old = ssrc;
        select(candidate.ssrc(), candidate.packets().arrivalNanos(0));
        rivals.clear();
        rivals.add(old);
        release();
    }

    /**
     * The selected source sends, so it is not gone. A candidate that goes on from here overtook its last packets; any other is a camera of
     * its own.
     */
    private void settleCandidate(long nowNanos) {
        if (!candidate.isOpen()) {
            return;
        }
        if (continues(candidate.firstSequence(), candidate.firstPayloadType()) && !rivals.contains(candidate.ssrc())) {
            continueAs(candidate.ssrc());
            release();
        } else {
            rivals.add(candidate.ssrc());
            dropCandidate();
        }
    }

    private boolean continues(int sequence, int payloadType) {
        return window.continues(sequence) && payloadType == this.payloadType;
    }

    /** The sequence goes on, and with it the stream: only the source's figures begin anew. */
    private void continueAs(int other) {
        counters.increment(RtpCounter.SSRC_CONTINUED);
        ssrc = other;
        statistics.reset();
        adoptClock();
    }

    private void release() {
        PacketStore packets = candidate.packets();
        counters.add(RtpCounter.FOREIGN_SSRC, candidate.dropped());
        for (int i = 0; i < packets.count(); i++) {
            pass(packets.packet(i), packets.arrivalNanos(i));
        }
        candidate.clear();
    }

    private void dropCandidate() {
        if (candidate.isOpen()) {
            counters.add(RtpCounter.FOREIGN_SSRC, candidate.packets().count() + candidate.dropped());
            candidate.clear();
        }
    }

    private void take(RtpPacket packet, long nowNanos) {
        rivals.clear();
        select(packet.ssrc(), nowNanos);
        pass(packet, nowNanos);
    }

    private void replace(RtpPacket packet, long nowNanos) {
        int old = ssrc;
        window.flush();
        counters.increment(RtpCounter.SOURCE_CHANGE);
        take(packet, nowNanos);
        rivals.add(old);
    }

    private void select(int ssrc, long nowNanos) {
        selected = true;
        leaving = false;
        this.ssrc = ssrc;
        statistics.reset();
        pauses.start(nowNanos);
        adoptClock();
    }

    private void adoptClock() {
        if (othersClock.isOf(ssrc)) {
            clock.adopt(othersClock);
        } else if (!clock.isOf(ssrc)) {
            clock.reset();
        }
    }

    private void pass(RtpPacket packet, long nowNanos) {
        payloadType = packet.payloadType();
        pauses.arrived(nowNanos);
        statistics.received(packet.sequence(), packet.timestamp(), nowNanos);
        counters.increment(RtpCounter.PACKETS);
        counters.add(RtpCounter.BYTES, packet.length());
        window.accept(packet, nowNanos);
    }

    @Override
    public void senderReport(SenderReport report, long nowNanos) {
        if (selected && report.ssrc() == ssrc) {
            reports++;
            clock.update(report, nowNanos);
        } else {
            othersClock.update(report, nowNanos);
        }
    }

    @Override
    public void goodbye(int ssrc, long nowNanos) {
        if (selected && ssrc == this.ssrc && !leaving) {
            counters.increment(RtpCounter.SOURCE_LEFT);
            leaving = true;
            leavesAt = nowNanos + config.windowNanos();
            if (candidate.isOpen()) {
                succeed();
            }
        }
    }

    /** Ends the stream; the next packet's source, whichever it is, is selected. */
    void flush() {
        leave();
        dropCandidate();
    }

    private void leave() {
        window.flush();
        selected = false;
        leaving = false;
    }

    boolean isSelected() {
        return selected;
    }

    int ssrc() {
        return ssrc;
    }

    ReceptionStatistics statistics() {
        return statistics;
    }

    /** Sender reports of whichever source was selected when they came. */
    long reports() {
        return reports;
    }

    SenderClock clock() {
        return clock;
    }
}
