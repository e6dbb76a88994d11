package io.mcm.camera.synthetic;

import java.math.BigDecimal;

/**
 * Frames a second, exactly: {@code frames / seconds}.
 *
 * @param frames 1 and more
 * @param seconds 1 and more
 */
public record FrameRate(int frames, int seconds) {

    /** What the timestamp's clock resolves easily; no camera is faster. */
    public static final int MAX = 1_000;
    /** Slower ones are not video; a test would wait for hours. */
    public static final double MIN = 0.01;

    private static final int MAX_DECIMALS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** RFC 6184 section 5.1. */
    private static final long TICKS_PER_SECOND = 90_000;

    public FrameRate {
        if (frames < 1 || seconds < 1 || frames > (long) MAX * seconds || frames < MIN * seconds) {
            throw new IllegalArgumentException("frame rate " + frames + "/" + seconds + "; allowed are " + MIN + " to " + MAX);
        }
    }

    /** @param text {@code 25}, {@code 29.97} or {@code 30000/1001} */
    public static FrameRate parse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return new FrameRate(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
            }
            BigDecimal rate = new BigDecimal(text);
            int decimals = Math.clamp(rate.scale(), 0, MAX_DECIMALS);
            return new FrameRate(rate.movePointRight(decimals).intValue(), (int) Math.pow(10, decimals));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("frame rate '" + text + "'; allowed are numbers from " + MIN + " to " + MAX
                + " and fractions like 30000/1001", e);
        }
    }

    /** When the frame is due, nanoseconds after frame 0. */
    public long nanos(long frame) {
        return scaled(frame, NANOS_PER_SECOND);
    }

    /** The frame's RTP timestamp less that of frame 0. */
    public int ticks(long frame) {
        return (int) scaled(frame, TICKS_PER_SECOND);
    }

    /** Whole seconds apart, so that nothing overflows in the life of a camera. */
    private long scaled(long frame, long unitsPerSecond) {
        return frame / frames * seconds * unitsPerSecond + frame % frames * seconds * unitsPerSecond / frames;
    }

    public double framesPerSecond() {
        return (double) frames / seconds;
    }
}
