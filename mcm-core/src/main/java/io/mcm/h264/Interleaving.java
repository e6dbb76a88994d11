package io.mcm.h264;

/**
 * How long the units of an interleaved stream (packetization mode 2) wait to be put back in decoding order (RFC 6184 section 7.2.2).
 *
 * @param depth how many slices at most were sent before one that they follow in decoding order: {@code sprop-interleaving-depth}, 0 to 32,767
 * @param maxDonDiff a unit goes out when one has come that is so many decoding order numbers after it: {@code sprop-max-don-diff}, 0 to 32,767
 * @param maxBytes memory for waiting units: {@code sprop-deint-buf-req} or more; where it is short the first units go out early
 * @param silenceNanos when nothing has come for so long, all that waits goes out
 */
public record Interleaving(int depth, int maxDonDiff, int maxBytes, long silenceNanos) {

    /** Without a session description: a second of pictures of one slice at 30 pictures a second. */
    public static final int DEFAULT_DEPTH = 32;
    /** The largest that can be signalled, for both (RFC 6184 section 8.1). */
    public static final int MAX_DEPTH = 32_767;
    /** Four times the coded picture buffer that level 5.1 allows for a second's tenth (H.264 table A-1: 240 Mbit/s). */
    public static final int DEFAULT_MAX_BYTES = 12 << 20;
    /** The largest that we hold for one stream. */
    public static final int MAX_BYTES = 256 << 20;
    /** As long as the pause between two pictures of a camera that sends two a second. */
    public static final long DEFAULT_SILENCE_NANOS = 500_000_000;

    public Interleaving {
        require(depth >= 0 && depth <= MAX_DEPTH, "interleaving depth of " + depth + "; allowed are 0 to " + MAX_DEPTH);
        require(maxDonDiff >= 0 && maxDonDiff <= MAX_DEPTH, "max-don-diff of " + maxDonDiff + "; allowed are 0 to " + MAX_DEPTH);
        require(maxBytes >= StoredUnit.MIN_CAPACITY && maxBytes <= MAX_BYTES,
            "de-interleaving buffer of " + maxBytes + " bytes; allowed are " + StoredUnit.MIN_CAPACITY + " to " + MAX_BYTES);
        require(silenceNanos >= 0, "silence of " + silenceNanos + " ns; allowed are 0 and more");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    public static Interleaving defaults() {
        return new Interleaving(DEFAULT_DEPTH, MAX_DEPTH, DEFAULT_MAX_BYTES, DEFAULT_SILENCE_NANOS);
    }

    public Interleaving withDepth(int depth) {
        return new Interleaving(depth, maxDonDiff, maxBytes, silenceNanos);
    }

    public Interleaving withMaxDonDiff(int maxDonDiff) {
        return new Interleaving(depth, maxDonDiff, maxBytes, silenceNanos);
    }

    public Interleaving withMaxBytes(int maxBytes) {
        return new Interleaving(depth, maxDonDiff, maxBytes, silenceNanos);
    }
}
