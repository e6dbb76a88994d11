package io.mcm.camera.synthetic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The frame number in the picture itself, a macroblock a bit, white for 1, from the upper left corner on and highest bit first, so that
 * the decoded picture tells it.
 *
 * <pre>
 *   | number, low 24 bits | check, 8 bits |      16 macroblocks a row, 8 in pictures narrower than 256 samples
 * </pre>
 */
public final class NumberStrip {

    /** The number counts on from 0 after so many. */
    public static final int MODULUS = 1 << 24;
    /** What is read where there is no strip, or a damaged one. */
    public static final int NONE = -1;

    static final int BITS = 32;
    private static final int WIDE = 16;
    private static final int NARROW = 8;
    private static final int CHECK_BITS = 8;
    /** Neither black nor white alone is a number. */
    private static final int CHECK_SEED = 0xa5;
    private static final int MIDDLE_OF_LUMA = 126;

    private NumberStrip() {}

    /** Macroblocks in a row of the strip; only whole ones are sure to be seen. */
    static int columns(int width) {
        return width >= WIDE * PictureSize.MACROBLOCK ? WIDE : NARROW;
    }

    static int rows(int width) {
        return BITS / columns(width);
    }

    /** What the strip of the frame shows. */
    static int code(long frame) {
        int number = (int) (frame % MODULUS);
        return number << CHECK_BITS | check(number);
    }

    private static int check(int number) {
        return (number ^ number >> 8 ^ number >> 16 ^ CHECK_SEED) & 0xff;
    }

    /**
     * The number that a decoded picture shows, or {@link #NONE}.
     *
     * @param luma   the samples of luma, a byte each
     * @param offset of the first one
     * @param stride bytes from one row to the next
     * @param width  of the picture
     */
    public static int read(MemorySegment luma, long offset, long stride, int width) {
        int columns = columns(width);
        int code = 0;
        for (int bit = 0; bit < BITS; bit++) {
            long x = bit % columns * PictureSize.MACROBLOCK + PictureSize.MACROBLOCK / 2;
            long y = bit / columns * PictureSize.MACROBLOCK + PictureSize.MACROBLOCK / 2;
            int sample = luma.get(ValueLayout.JAVA_BYTE, offset + y * stride + x) & 0xff;
            code = code << 1 | (sample > MIDDLE_OF_LUMA ? 1 : 0);
        }
        int number = code >>> CHECK_BITS;
        return (code & 0xff) == check(number) ? number : NONE;
    }
}
