package io.mcm.proxy;

import io.mcm.control.MemifParam;
import io.mcm.control.UnitMetadata;
import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Reactor;
import io.mcm.h264.H264Counter;
import io.mcm.ingest.IngestCounter;
import io.mcm.ingest.KernelSource;
import io.mcm.ingest.PacketSource;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.metric.Counters;
import io.mcm.proxy.delivery.Delivery;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtcpCounter;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpReceiver;
import java.security.SecureRandom;

/**
 * One camera's way through the proxy: UDP port, RTP, NAL units, memif. Belongs to its worker's thread; its counters may be read from any.
 */
final class Session implements AutoCloseable, ConnectionListener {

    /** Batches taken in one turn before other sessions have theirs. */
    private static final int MAX_BATCHES_A_TURN = 4;
    private static final int INTERFACE_ID = 0;

    private final int id;
    private final Reactor reactor;
    private final PacketSource source;
    private final MemifServer server;
    private final MemifParam memifParam;
    private final Delivery delivery;
    private final RtpReceiver receiver;
    /** Null where the session has none. */
    private final RtcpChannel rtcp;

    Session(int id, String name, Reactor reactor, PacketSource source, String socketPath, SessionConfig config) {
        this(id, name, reactor, source, null, socketPath, config);
    }

    /** @param rtcpSource the port above, or null for a session without RTCP of its own; the session's to close once this has returned */
    Session(int id, String name, Reactor reactor, PacketSource source, KernelSource rtcpSource, String socketPath, SessionConfig config) {
        this.id = id;
        this.reactor = reactor;
        this.source = source;
        delivery = new Delivery(config.delivery(), config.depacketizer(), this::ntpTime);
        receiver = new RtpReceiver(config.receiver(), delivery.sink());
        rtcp = rtcpSource == null ? null : new RtcpChannel(rtcpSource, receiver, new SecureRandom());
        memifParam = MemifParam.forClient(socketPath, name, config.delivery().bufferLength(), config.log2RingSize(), INTERFACE_ID);
        server = config.engine().listen(reactor, socketPath, UnitMetadata.announce(MemifConfig.DEFAULT_APPLICATION));
        server.offer(MemifConfig.of(INTERFACE_ID, name, config.log2RingSize(), config.delivery().bufferLength()), this);
    }

    private long ntpTime(int timestamp) {
        return receiver.senderClock().ntp(timestamp);
    }

    int id() {
        return id;
    }

    int port() {
        return source.port();
    }

    /** What a consumer needs to connect. */
    MemifParam memifParam() {
        return memifParam;
    }

    /** Takes what has arrived, through to the consumer's ring. */
    void receive(DatagramBatch batch, long nowNanos) {
        batch.recordPeers(rtcp != null);
        int count = batch.capacity();
        for (int turn = 0; turn < MAX_BATCHES_A_TURN && count == batch.capacity(); turn++) {
            count = source.receive(batch);
            for (int i = 0; i < count; i++) {
                boolean taken = receiver.accept(batch.slab(), batch.offset(i), batch.length(i), nowNanos);
                if (taken && rtcp != null) {
                    rtcp.heard(batch, i, nowNanos);
                }
            }
        }
        delivery.publish(nowNanos);
    }

    /** Takes the RTCP that has arrived, and before it the RTP: a BYE must not overtake the last packets. */
    void receiveRtcp(DatagramBatch batch, long nowNanos) {
        receive(batch, nowNanos);
        rtcp.receive(batch, nowNanos);
        delivery.publish(nowNanos);
    }

    boolean hasRtcp() {
        return rtcp != null;
    }

    int rtcpFd() {
        return rtcp.fd();
    }

    /** When {@link #expire} has something to do, or {@link Long#MAX_VALUE}. */
    long deadline() {
        long deadline = Math.min(Math.min(receiver.deadline(), delivery.depacketizer().deadline()), delivery.deadline());
        return rtcp == null ? deadline : Math.min(deadline, rtcp.deadline());
    }

    /** Gives up packets that have been waited for too long, and wakes a consumer that leaves units lying. */
    void expire(long nowNanos) {
        receiver.poll(nowNanos);
        if (rtcp != null) {
            rtcp.expire(nowNanos);
        }
        delivery.depacketizer().poll(nowNanos);
        delivery.publish(nowNanos);
        delivery.remind(nowNanos);
    }

    @Override
    public void connected(MemifInterface memif) {
        delivery.attach(memif);
    }

    @Override
    public void disconnected(MemifInterface memif, String reason) {
        delivery.detach();
    }

    Counters<IngestCounter> ingestCounters() {
        return source.counters();
    }

    Counters<RtpCounter> rtpCounters() {
        return receiver.counters();
    }

    Counters<H264Counter> h264Counters() {
        return delivery.depacketizer().counters();
    }

    Counters<MemifCounter> memifCounters() {
        return server.counters();
    }

    Counters<DeliveryCounter> deliveryCounters() {
        return delivery.counters();
    }

    Counters<RtcpCounter> rtcpCounters() {
        return receiver.rtcpCounters();
    }

    /** Of a session that has RTCP. */
    Counters<ReportCounter> reportCounters() {
        return rtcp.counters();
    }

    int fd() {
        return source.fd();
    }

    @Override
    public void close() {
        reactor.remove(source.fd());
        source.close();
        if (rtcp != null) {
            reactor.remove(rtcp.fd());
            rtcp.close();
        }
        server.close();
    }
}
