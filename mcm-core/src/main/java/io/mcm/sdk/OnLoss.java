package io.mcm.sdk;

/** What a connection does when its proxy goes away. */
public enum OnLoss {
    /** {@link McmConnection#dequeue} throws; the connection is over. */
    END,
    /** {@link McmConnection#dequeue} goes on waiting, as if nothing came. */
    RECONNECT,
    /** {@link McmConnection#dequeue} throws once for each loss; to call it again is to go on waiting. */
    REPORT_AND_RECONNECT
}
