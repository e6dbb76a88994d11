package io.mcm.rtp;

/**
 * What an {@link RtpReceiver} takes.
 *
 * @param ssrc the only source to take, 0 to 2^32-1, or {@link #ANY} for the first that sends
 * @param payloadType the only payload type to take, 0 to 63 or 96 to 127, or {@link #ANY} for that of the first packet
 * @param windowPackets see {@link ReorderWindow}
 * @param windowNanos see {@link ReorderWindow}
 * @param sourceTimeoutNanos how long at most the selected source is silent before another takes over; see {@link RtpReceiver}
 * @param strict whether packets that RFC 3550 forbids, but nobody can misread, are dropped
 */
public record ReceiverConfig(long ssrc, int payloadType, int windowPackets, long windowNanos, long sourceTimeoutNanos, boolean strict) {

    public static final int ANY = -1;

    /**
     * Twice the pause of a camera that sends one frame a second, the slowest that cameras are commonly set to: two such cameras
     * on one port stay apart, and a restarted camera needs longer than this to boot anyway.
     */
    public static final long DEFAULT_SOURCE_TIMEOUT_NANOS = 2_000_000_000;

    /** An hour: deadlines are sums of times. */
    public static final long MAX_SOURCE_TIMEOUT_NANOS = 3_600_000_000_000L;

    private static final long MAX_SSRC = 0xffff_ffffL;
    private static final int MAX_PAYLOAD_TYPE = 127;

    public ReceiverConfig {
        if (ssrc < ANY || ssrc > MAX_SSRC) {
            throw new IllegalArgumentException("SSRC " + ssrc + "; allowed are 0 to " + MAX_SSRC);
        }
        if (payloadType < ANY || payloadType > MAX_PAYLOAD_TYPE) {
            throw new IllegalArgumentException("payload type " + payloadType + "; allowed are 0 to " + MAX_PAYLOAD_TYPE);
        }
        if (Rtcp.isMistakenFor(payloadType) && payloadType != ANY) {
            throw new IllegalArgumentException("payload type " + payloadType + "; 64 to 95 cannot be told from RTCP (RFC 5761)");
        }
        if (sourceTimeoutNanos < 0 || sourceTimeoutNanos > MAX_SOURCE_TIMEOUT_NANOS) {
            throw new IllegalArgumentException("source timeout of " + sourceTimeoutNanos + " ns; allowed are 0 to "
                + MAX_SOURCE_TIMEOUT_NANOS);
        }
    }

    public static ReceiverConfig defaults() {
        return new ReceiverConfig(ANY, ANY, ReorderWindow.DEFAULT_PACKETS, ReorderWindow.DEFAULT_NANOS,
            DEFAULT_SOURCE_TIMEOUT_NANOS, false);
    }

    public ReceiverConfig withSsrc(long ssrc) {
        return new ReceiverConfig(ssrc, payloadType, windowPackets, windowNanos, sourceTimeoutNanos, strict);
    }

    public ReceiverConfig withPayloadType(int payloadType) {
        return new ReceiverConfig(ssrc, payloadType, windowPackets, windowNanos, sourceTimeoutNanos, strict);
    }

    public ReceiverConfig withWindow(int packets, long nanos) {
        return new ReceiverConfig(ssrc, payloadType, packets, nanos, sourceTimeoutNanos, strict);
    }

    /** 0 takes sources one after the other without a pause: for a capture in which they are known not to overlap. */
    public ReceiverConfig withSourceTimeout(long nanos) {
        return new ReceiverConfig(ssrc, payloadType, windowPackets, windowNanos, nanos, strict);
    }

    public ReceiverConfig withStrict(boolean strict) {
        return new ReceiverConfig(ssrc, payloadType, windowPackets, windowNanos, sourceTimeoutNanos, strict);
    }

    boolean takesSsrc(int ssrc) {
        return this.ssrc == ANY || (int) this.ssrc == ssrc;
    }

    boolean takesPayloadType(int payloadType) {
        return this.payloadType == ANY || this.payloadType == payloadType;
    }
}
