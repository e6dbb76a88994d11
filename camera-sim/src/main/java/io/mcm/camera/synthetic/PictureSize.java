package io.mcm.camera.synthetic;

/**
 * What is shown of a picture, in samples of luma; coded are whole macroblocks.
 *
 * @param width even, {@value #MIN_WIDTH} to {@value #MAX_SIDE}
 * @param height even, {@value #MIN_HEIGHT} to {@value #MAX_SIDE}
 */
public record PictureSize(int width, int height) {

    static final int MACROBLOCK = 16;
    /** The number's strip and the lane of what moves fit in. */
    public static final int MIN_WIDTH = 128;
    public static final int MIN_HEIGHT = 96;
    /** Beyond it even level 6.2 has only narrow pictures (H.264 section A.3.1). */
    public static final int MAX_SIDE = 8_192;

    public PictureSize {
        if (!fits(width, MIN_WIDTH) || !fits(height, MIN_HEIGHT) || macroblocks(width) * macroblocks(height) > Level.MAX_MACROBLOCKS) {
            throw new IllegalArgumentException("picture size " + width + "x" + height + "; allowed are even numbers from " + MIN_WIDTH + "x"
                + MIN_HEIGHT + " to " + MAX_SIDE + "x" + MAX_SIDE + " with up to " + Level.MAX_MACROBLOCKS + " macroblocks");
        }
    }

    /** @param text {@code 1280x720} */
    public static PictureSize parse(String text) {
        String[] sides = text.split("x", -1);
        try {
            if (sides.length == 2) {
                return new PictureSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("picture size '" + text + "'; expected WIDTHxHEIGHT, as 1280x720");
    }

    /** 4:2:0 has a sample of chroma for two of luma, so that nothing odd can be cropped. */
    private static boolean fits(int side, int min) {
        return side >= min && side <= MAX_SIDE && side % 2 == 0;
    }

    private static int macroblocks(int side) {
        return (side + MACROBLOCK - 1) / MACROBLOCK;
    }

    /** Macroblocks in a row. */
    int columns() {
        return macroblocks(width);
    }

    /** Rows of macroblocks. */
    int rows() {
        return macroblocks(height);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
