package io.mcm.camera.truth;

/**
 * Where a receiver's behaviour is its own judgement.
 *
 * @param windowPackets how far ahead of the next packet an early one may be
 * @param windowNanos   how long an early one waits for those before it
 * @param dropout       steps ahead from which on a sequence number leaps (RFC 3550 appendix A.1, MAX_DROPOUT)
 * @param misorder      steps back beyond which it does (RFC 3550 appendix A.1, MAX_MISORDER)
 */
public record ReceiverBounds(int windowPackets, long windowNanos, int dropout, int misorder) {

    private static final int MAX_DROPOUT = 3_000;
    private static final int MAX_MISORDER = 100;

    /** A window with the leaps of RFC 3550; no packet that the window would take is a leap back. */
    public static ReceiverBounds of(int windowPackets, long windowNanos) {
        return new ReceiverBounds(windowPackets, windowNanos, MAX_DROPOUT, Math.max(windowPackets, MAX_MISORDER));
    }
}
