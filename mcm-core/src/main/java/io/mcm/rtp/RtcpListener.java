package io.mcm.rtp;

/** Takes what an {@link RtcpReader} finds. The views are valid during the call only. */
public interface RtcpListener {

    /** @param nowNanos when it arrived */
    default void senderReport(SenderReport report, long nowNanos) {}

    /** What {@code reporter} received of one source; from sender and receiver reports alike. */
    default void reportBlock(int reporter, ReportBlock block, long nowNanos) {}

    /** The source leaves. */
    default void goodbye(int ssrc, long nowNanos) {}
}
