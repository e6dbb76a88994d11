package io.mcm.proxy;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.proxy.delivery.DeliveryConfig;
import io.mcm.proxy.delivery.LossPolicy;
import io.mcm.proxy.delivery.ParameterSetConfig;
import io.mcm.proxy.pull.PullTarget;
import io.mcm.rtp.ReceiverConfig;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What all sessions of a proxy share.
 *
 * @param bind the address whose UDP ports cameras send to
 * @param runDirectory where the memif sockets are made
 * @param delivery what a consumer gets; its buffer length is that of each of the consumer's buffers
 * @param log2RingSize slots of the ring, as a power of two
 * @param engine memif as it is spoken with the consumers
 * @param receiver which packets of a UDP port are taken
 * @param depacketizer how their payloads are taken
 * @param rtcp whether the port above each camera's receives RTCP, and receiver reports are sent from it
 * @param senders whose packets are taken
 * @param pulls the RTSP cameras whose packets are fetched, by the UDP ports that sessions name
 */
public record SessionConfig(
    InetAddress bind, Path runDirectory, DeliveryConfig delivery, int log2RingSize, MemifEngine engine,
    ReceiverConfig receiver, DepacketizerConfig depacketizer, boolean rtcp,
    SenderRule senders, Map<Integer, PullTarget> pulls) {

    /** As the 24.09 proxy: the size of a 1920x1080 picture in 10 bit 4:2:2, more than an H.264 access unit takes. */
    public static final int DEFAULT_BUFFER_LENGTH = 5_184_000;

    /** 64 slots: with more unread buffers the receiver of the 24.09 C SDK reads past its array (memif_impl.c, MEMIF_BUFFER_NUM). */
    public static final int DEFAULT_LOG2_RING_SIZE = 6;

    /** libmemif takes 0 for its default of 10, and then runs over its region. */
    public static final int MIN_LOG2_RING_SIZE = 1;
    public static final int MAX_LOG2_RING_SIZE = 14;

    /** {@code sun_path} of unix(7) has 108 bytes, and so has its field in {@code memif_conn_param}, with the closing NUL. */
    private static final int MAX_SOCKET_PATH = 107;
    /** Seven digits: a session a second for three months. */
    private static final String LONGEST_SOCKET_NAME = "media_proxy_rx_9999999.sock";

    private static final int RINGS = 2;
    /** libmemif computes a region's length in 32 bits. */
    private static final long MAX_REGION = 0xffff_ffffL;

    public SessionConfig {
        int bufferLength = delivery.bufferLength();
        if (bufferLength > engine.maxBufferLength()) {
            throw new IllegalArgumentException(
                "buffer of " + bufferLength + " bytes, memif engine " + engine + " has at most " + engine.maxBufferLength());
        }
        if (log2RingSize < MIN_LOG2_RING_SIZE || log2RingSize > MAX_LOG2_RING_SIZE) {
            throw new IllegalArgumentException("log2 of the ring size " + log2RingSize + ", allowed are " + MIN_LOG2_RING_SIZE + " to "
                + MAX_LOG2_RING_SIZE);
        }
        int path = runDirectory.resolve(LONGEST_SOCKET_NAME).toString().getBytes(StandardCharsets.UTF_8).length;
        if (path > MAX_SOCKET_PATH) {
            throw new IllegalArgumentException("run directory " + runDirectory + " is " + (path - MAX_SOCKET_PATH)
                + " bytes too long: a socket's path has at most " + MAX_SOCKET_PATH);
        }
        long region = (long) RINGS * bufferLength << log2RingSize;
        if (region > MAX_REGION) {
            throw new IllegalArgumentException(RINGS + " rings of 2^" + log2RingSize + " buffers of " + bufferLength + " bytes need "
                + region + ", memif can name at most " + MAX_REGION + " (32-bit offsets)");
        }
    }

    /** With the builtin engine, and everything else by default. */
    public SessionConfig(InetAddress bind, Path runDirectory, DeliveryUnit unit, int bufferLength, int log2RingSize) {
        this(bind, runDirectory, DeliveryConfig.of(unit, bufferLength), log2RingSize, new BuiltinEngine(), ReceiverConfig.defaults(),
            DepacketizerConfig.defaults(), false, SenderRule.ANY, Map.of());
    }

    private SessionConfig withDelivery(DeliveryConfig wanted) {
        return new SessionConfig(bind, runDirectory, wanted, log2RingSize, engine, receiver, depacketizer, rtcp, senders, pulls);
    }

    public SessionConfig withLoss(LossPolicy policy) {
        return withDelivery(delivery.withLoss(policy));
    }

    public SessionConfig withParameterSets(ParameterSetConfig delivered) {
        return withDelivery(delivery.withParameterSets(delivered));
    }

    public SessionConfig withEngine(MemifEngine other) {
        return new SessionConfig(bind, runDirectory, delivery, log2RingSize, other, receiver, depacketizer, rtcp, senders, pulls);
    }

    public SessionConfig withReceiver(ReceiverConfig taken) {
        return new SessionConfig(bind, runDirectory, delivery, log2RingSize, engine, taken, depacketizer, rtcp, senders, pulls);
    }

    public SessionConfig withDepacketizer(DepacketizerConfig taken) {
        return new SessionConfig(bind, runDirectory, delivery, log2RingSize, engine, receiver, taken, rtcp, senders, pulls);
    }

    public SessionConfig withRtcp(boolean wanted) {
        return new SessionConfig(bind, runDirectory, delivery, log2RingSize, engine, receiver, depacketizer, wanted, senders, pulls);
    }

    public SessionConfig withSenders(SenderRule rule) {
        return new SessionConfig(bind, runDirectory, delivery, log2RingSize, engine, receiver, depacketizer, rtcp, rule, pulls);
    }

    public SessionConfig withPulls(Map<Integer, PullTarget> fetched) {
        return new SessionConfig(bind, runDirectory, delivery, log2RingSize, engine, receiver, depacketizer, rtcp, senders, Map.copyOf(fetched));
    }
}
