package io.mcm.proxy;

import static java.lang.System.Logger.Level.ERROR;

import io.mcm.foreign.DatagramBatch;
import io.mcm.h264.H264Counter;
import io.mcm.ingest.AnsweringSource;
import io.mcm.ingest.IngestCounter;
import io.mcm.ingest.PacketSource;
import io.mcm.metric.Counters;
import io.mcm.metric.Histogram;
import io.mcm.metric.LimitedLog;
import io.mcm.proxy.delivery.Delivery;
import io.mcm.proxy.delivery.FanOut;
import io.mcm.proxy.pull.CameraPull;
import io.mcm.proxy.pull.PullCounter;
import io.mcm.rtp.ClockRate;
import io.mcm.rtp.RtcpCounter;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpReceiver;
import io.mcm.sdp.H264Media;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A UDP port that a camera sends to: socket, RTP and NAL units, once for all sessions that name it. Made on any thread; from its first session on it
 * belongs to its worker's thread, but its counters may be read from any.
 */
final class CameraPort implements AutoCloseable {

    /** Batches taken in one turn before other cameras have theirs. */
    private static final int MAX_BATCHES_A_TURN = 4;
    private static final LimitedLog FAILURES = new LimitedLog(System.getLogger(CameraPort.class.getName()), ERROR);

    private final PacketSource source;
    private final FanOut fanOut;
    private final RtpReceiver receiver;
    private final Histogram turns = TurnSize.histogram();
    /** Null where it has none. */
    private final RtcpChannel rtcp;
    /** Null where the camera sends by itself. */
    private CameraPull pull;
    private final List<Session> sessions = new ArrayList<>();
    /** How far time has come for receiver and depacketizer, which take none that goes back: arrivals, or the turn's own time. */
    private long latest = Long.MIN_VALUE;
    private boolean drained = true;
    private volatile boolean open = true;

    /**
     * Owns the sources once this has returned.
     *
     * @param rtcpSource the port above, or null for a port without RTCP of its own
     * @param nanoClock the worker's
     */
    CameraPort(PacketSource source, AnsweringSource rtcpSource, SessionConfig config, LongSupplier nanoClock) {
        this.source = source;
        fanOut = new FanOut(config.delivery(), config.depacketizer(), this::ntpTime, nanoClock);
        receiver = new RtpReceiver(config.receiver(), fanOut.sink());
        rtcp = rtcpSource == null ? null : new RtcpChannel(rtcpSource, receiver, new SecureRandom());
    }

    /** Before its first session: the packets are fetched for as long as it is open. */
    void pulledBy(CameraPull fetching) {
        pull = fetching;
    }

    /** Null where the camera sends by itself; any thread may ask. */
    CameraPull pull() {
        return pull;
    }

    /** A session's consumer is there: a camera that is asked before would send the beginning of its stream to nobody. */
    void consumerConnected() {
        if (pull != null) {
            pull.start();
        }
    }

    /** What the camera says of its stream. */
    void describe(H264Media media) {
        fanOut.describe(media.parameterSets());
    }

    private long ntpTime(int timestamp) {
        return receiver.senderClock().ntp(timestamp);
    }

    /** The number of the UDP port. */
    int number() {
        return source.port();
    }

    /** Bytes, 0 where nobody knows. */
    int receiveBuffer() {
        return source.receiveBuffer();
    }

    int fd() {
        return source.fd();
    }

    boolean hasRtcp() {
        return rtcp != null;
    }

    int rtcpFd() {
        return rtcp.fd();
    }

    /** For one more session; any thread may ask. */
    Delivery newDelivery() {
        return fanOut.newDelivery();
    }

    /** The session gets what begins from now on. */
    void join(Session session) {
        sessions.add(session);
        fanOut.join(session.delivery());
    }

    /** The session is closed and gets no more. Nothing happens for one that has ended. */
    void end(Session session) {
        if (sessions.remove(session)) {
            fanOut.leave(session.delivery());
            session.close();
        }
    }

    List<Session> sessions() {
        return sessions;
    }

    /** Takes what has arrived, through to the consumers' rings. */
    void receive(DatagramBatch batch, long nowNanos) {
        int taken = 0;
        int turn = 0;
        do {
            int count = source.receive(batch);
            taken += count;
            for (int i = 0; i < count; i++) {
                long arrival = reach(batch.arrival(i));
                boolean selected = receiver.accept(batch.slab(), batch.offset(i), batch.length(i), arrival);
                if (selected && rtcp != null) {
                    rtcp.heard(batch, i, arrival);
                }
            }
        } while (batch.isFull() && ++turn < MAX_BATCHES_A_TURN);
        drained = !batch.isFull();
        if (taken > 0) {
            turns.record(taken);
        }
        publish(nowNanos);
    }

    private long reach(long nanos) {
        latest = Math.max(latest, nanos);
        return latest;
    }

    /** Takes the RTCP that has arrived, and before it the RTP: a BYE must not overtake the last packets. */
    void receiveRtcp(DatagramBatch batch, long nowNanos) {
        receive(batch, nowNanos);
        rtcp.receive(batch, reach(nowNanos));
        publish(nowNanos);
    }

    /** When {@link #expire} has something to do, or {@link Long#MAX_VALUE}. */
    long deadline() {
        long deadline = Math.min(receiver.deadline(), fanOut.depacketizer().deadline());
        for (int i = 0; i < sessions.size(); i++) {
            deadline = Math.min(deadline, sessions.get(i).delivery().deadline());
        }
        return rtcp == null ? deadline : Math.min(deadline, rtcp.deadline());
    }

    /** Gives up packets that have been waited for too long, and wakes consumers that leave units lying. */
    void expire(DatagramBatch batch, long nowNanos) {
        if (!drained) {
            // The last turn may have ended with the socket's last packet: then no event would ever tell that there is no more.
            receive(batch, nowNanos);
        }
        // What still waits in the socket may be what is waited for: then time is no further than the last packet taken.
        long reached = drained ? reach(nowNanos) : latest;
        receiver.poll(reached);
        if (rtcp != null) {
            rtcp.expire(nowNanos);
        }
        fanOut.depacketizer().poll(reached);
        publish(nowNanos);
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).delivery().remind(nowNanos);
        }
    }

    /** Backwards, for one that fails is removed. */
    private void publish(long nowNanos) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            publish(sessions.get(i), nowNanos);
        }
    }

    private void publish(Session session, long nowNanos) {
        Throwable fault = session.delivery().fault();
        try {
            session.delivery().publish(nowNanos);
        } catch (RuntimeException | InternalError e) {
            fault = e;
        }
        if (fault != null) {
            fail(session, fault);
        }
    }

    /**
     * A fault of ours in one session must not end the others. Nor must memory that went away under it, which the JVM tells by an InternalError
     * (SIGBUS in a mapping).
     */
    private void fail(Session session, Throwable fault) {
        FAILURES.log(() -> "session " + session.id() + " ended, a fault of the proxy: " + fault);
        end(session);
    }

    /** A fault that is no single session's ends all of them. */
    void fail(Throwable fault) {
        List.copyOf(sessions).forEach(session -> fail(session, fault));
    }

    /** What is known of the stream now. Any thread may ask: each figure was true a moment ago, if not all at the same one. */
    StreamFacts facts() {
        OptionalLong ssrc = receiver.isSelected() ? OptionalLong.of(Integer.toUnsignedLong(receiver.ssrc())) : OptionalLong.empty();
        double jitter = (double) receiver.statistics().jitter() / ClockRate.VIDEO;
        return new StreamFacts(ssrc, jitter, fanOut.depacketizer().sequenceSet());
    }

    /** Datagrams taken in each turn; any thread may ask. */
    Histogram.Snapshot turns() {
        return turns.snapshot();
    }

    Counters<IngestCounter> ingestCounters() {
        return source.counters();
    }

    Counters<RtpCounter> rtpCounters() {
        return receiver.counters();
    }

    Counters<H264Counter> h264Counters() {
        return fanOut.depacketizer().counters();
    }

    Counters<RtcpCounter> rtcpCounters() {
        return receiver.rtcpCounters();
    }

    /** Where it is pulled. */
    Counters<PullCounter> pullCounters() {
        return pull.counters();
    }

    /** Where it has RTCP. */
    Counters<ReportCounter> reportCounters() {
        return rtcp.counters();
    }

    /** False once it is closed; any thread may ask. */
    boolean isOpen() {
        return open;
    }

    /** Tells the camera that its receiver leaves, where the port has RTCP; {@link #close} follows. */
    void leave(long nowNanos) {
        if (rtcp != null) {
            rtcp.leave(nowNanos);
        }
    }

    /** With all of its sessions. */
    @Override
    public void close() {
        List.copyOf(sessions).forEach(this::end);
        if (pull != null) {
            pull.close();
        }
        source.close();
        if (rtcp != null) {
            rtcp.close();
        }
        open = false;
    }
}
