package io.mcm.camera.synthetic;

/**
 * How much noise each picture gets so that the stream reaches its bit rate. IDR pictures are granted more than others; what a picture did
 * not use, or took too much, is settled with the next ones.
 */
final class RateControl {

    /** An IDR picture's grant over another one's: the usual range of surveillance cameras is 4 to 10. */
    static final int IDR_WEIGHT = 6;
    /** An uncompressed macroblock with its type and alignment. */
    private static final int NOISE_LENGTH = MacroblockWriter.PCM_LENGTH + 2;

    private final double idrGrant;
    private final double grant;
    private final int capacity;
    /** Bytes that were granted and not used yet. */
    private double credit;
    /** What the last picture of each kind took without noise: the best guess for the next. */
    private int plainLength;
    private int plainIdrLength;
    private int noise;

    /** @param capacity macroblocks of a picture that may be noise */
    RateControl(long bitsPerSecond, FrameRate rate, int gop, int capacity) {
        double picture = bitsPerSecond / rate.framesPerSecond() / Byte.SIZE;
        grant = picture * gop / (IDR_WEIGHT + gop - 1.0);
        idrGrant = IDR_WEIGHT * grant;
        this.capacity = capacity;
    }

    /** What pictures that are all noise would take. */
    static long mostBitsPerSecond(int capacity, FrameRate rate) {
        return (long) (capacity * (double) NOISE_LENGTH * Byte.SIZE * rate.framesPerSecond());
    }

    /** Macroblocks of noise for the next picture. */
    int noise(boolean idr) {
        credit += idr ? idrGrant : grant;
        double room = credit - (idr ? plainIdrLength : plainLength);
        noise = Math.clamp((long) (room / NOISE_LENGTH), 0, capacity);
        return noise;
    }

    /** @param length bytes of the picture's NAL units, parameter sets and the like included */
    void took(boolean idr, int length) {
        int plain = Math.max(0, length - noise * NOISE_LENGTH);
        if (idr) {
            plainIdrLength = plain;
        } else {
            plainLength = plain;
        }
        // A stream that cannot be so small does not pay for it for ever.
        credit = Math.max(credit - length, -idrGrant);
    }
}
