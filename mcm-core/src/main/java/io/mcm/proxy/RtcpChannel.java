package io.mcm.proxy;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.PeerAddress;
import io.mcm.ingest.AnsweringSource;
import io.mcm.metric.Counters;
import io.mcm.rtp.ReceiverReport;
import io.mcm.rtp.ReportSchedule;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A session's RTCP: receives on the port above RTP's, and sends receiver reports to where the camera's RTCP came from or, without one, to the
 * port above that of its RTP; the last one with a BYE. Belongs to the worker's thread.
 */
final class RtcpChannel implements AutoCloseable {

    /** RFC 7022 section 4.2: a short-term persistent CNAME has at least 96 random bits. */
    private static final int CNAME_BYTES = 12;

    private final AnsweringSource source;
    private final RtpReceiver receiver;
    private final ReceiverReport report;
    private final ReportSchedule schedule;
    private final Counters<ReportCounter> counters = new Counters<>(ReportCounter.class);
    private final PeerAddress rtcpPeer = new PeerAddress();
    private final PeerAddress rtpPeer = new PeerAddress();
    private final PeerAddress peer = new PeerAddress();
    private final MemorySegment out;
    private int reported;

    RtcpChannel(AnsweringSource source, RtpReceiver receiver, RandomGenerator random) {
        this.source = source;
        this.receiver = receiver;
        byte[] name = new byte[CNAME_BYTES];
        random.nextBytes(name);
        report = new ReceiverReport(random.nextInt(), HexFormat.of().formatHex(name));
        schedule = new ReportSchedule(random);
        out = Arena.ofAuto().allocate(report.maxLength());
    }

    int fd() {
        return source.fd();
    }

    Counters<ReportCounter> counters() {
        return counters;
    }

    /** A packet of the selected source came from the sender of the batch's n-th datagram. */
    void heard(DatagramBatch batch, int n, long nowNanos) {
        if (receiver.ssrc() != reported) {
            // Another source may be another camera: reports go to the one they are about.
            reported = receiver.ssrc();
            rtcpPeer.forget();
        }
        rtpPeer.set(batch, n);
        schedule.begin(nowNanos);
    }

    /** Takes what has arrived on the RTCP port. */
    void receive(DatagramBatch batch, long nowNanos) {
        int count = source.receive(batch);
        for (int i = 0; i < count; i++) {
            if (receiver.acceptRtcp(batch.slab(), batch.offset(i), batch.length(i), nowNanos)) {
                rtcpPeer.set(batch, i);
            }
        }
    }

    /** When {@link #expire} has something to do, or {@link Long#MAX_VALUE}. */
    long deadline() {
        return schedule.deadline();
    }

    /** Sends a report if one is due. */
    void expire(long nowNanos) {
        if (schedule.isDue(nowNanos) && receiver.isSelected()) {
            send(write(nowNanos));
        }
    }

    /** Sends a last report, and with it that this receiver leaves; nothing where it never sent one (RFC 3550 section 6.3.7). */
    void leave(long nowNanos) {
        if (counters.get(ReportCounter.REPORTS_SENT) > 0) {
            int length = write(nowNanos);
            send(length + report.writeGoodbye(out, length));
        }
    }

    private int write(long nowNanos) {
        return report.write(out, 0, receiver.ssrc(), receiver.statistics(), receiver.senderClock(), nowNanos);
    }

    private void send(int length) {
        boolean sent = (source.isConnected() || findPeer()) && source.send(out, length, peer);
        counters.increment(sent ? ReportCounter.REPORTS_SENT : ReportCounter.REPORTS_UNSENT);
    }

    private boolean findPeer() {
        peer.set(rtcpPeer.isKnown() ? rtcpPeer : rtpPeer);
        if (peer.isKnown() && !rtcpPeer.isKnown()) {
            peer.nextPort();
        }
        return peer.isKnown();
    }

    @Override
    public void close() {
        source.close();
    }
}
