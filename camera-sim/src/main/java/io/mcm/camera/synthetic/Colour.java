package io.mcm.camera.synthetic;

/**
 * The colours of the pictures, full steps of BT.601 in video range. Chroma is even, because a coefficient of the chroma DC makes a step of 2
 * at the quantizer that is used.
 */
enum Colour {
    BLACK(16, 128, 128), WHITE(235, 128, 128), DARK_GREY(48, 128, 128), GREY(126, 128, 128), YELLOW(210, 16, 146), CYAN(170, 166, 16),
    GREEN(145, 54, 34), MAGENTA(106, 202, 222), RED(81, 90, 240), BLUE(41, 240, 110), NAVY(35, 156, 120);

    private static final Colour[] ALL = values();

    private final int luma;
    private final int blue;
    private final int red;

    Colour(int luma, int blue, int red) {
        this.luma = luma;
        this.blue = blue;
        this.red = red;
    }

    byte index() {
        return (byte) ordinal();
    }

    static Colour of(byte index) {
        return ALL[index];
    }

    /** Y, 16 to 235. */
    int luma() {
        return luma;
    }

    /** Cb, 16 to 240. */
    int blue() {
        return blue;
    }

    /** Cr, 16 to 240. */
    int red() {
        return red;
    }
}
