package io.mcm.camera.synthetic;

/**
 * What the pictures of one size show, a colour a macroblock. Noise, where some is wanted, fills rows from the right: what is left of it is
 * always predicted from something flat.
 *
 * <pre>
 *   +----------------------------+
 *   | number strip   |           |
 *   | counter        |  noise    |
 *   |----------------+-----------|
 *   |            =====>          |   the lane: a bar goes through it, one macroblock a picture
 *   |----------------------------|
 *   | |    colour bars, or noise |
 *   +----------------------------+
 * </pre>
 */
final class Scene {

    private static final int MOST_DIGITS = 6;
    private static final int DIGIT_PITCH = Digits.WIDTH + 1;
    /** The counter takes half of the height at most. */
    private static final int COUNTER_SHARE = 2;
    private static final int TEN = 10;
    private static final Colour[] BARS = {
        Colour.WHITE, Colour.YELLOW, Colour.CYAN, Colour.GREEN, Colour.MAGENTA, Colour.RED, Colour.BLUE, Colour.DARK_GREY,
    };

    private final int columns;
    private final int rows;
    private final int stripColumns;
    private final int stripRows;
    /** Macroblocks that a dot of the counter is wide and high; 0 where there is no room for a counter. */
    private final int scale;
    private final int digits;
    private final int counterTop;
    private final int laneTop;
    private final int laneHeight;
    private final byte[] background;
    private final int noiseCapacity;

    Scene(PictureSize size) {
        columns = size.columns();
        rows = size.rows();
        stripColumns = NumberStrip.columns(size.width());
        stripRows = NumberStrip.rows(size.width());
        counterTop = stripRows + 1;
        scale = scale();
        digits = scale == 0 ? 0 : Math.min(MOST_DIGITS, (counterColumns() + scale) / (DIGIT_PITCH * scale));
        laneTop = scale == 0 ? stripRows : counterTop + Digits.HEIGHT * scale + 1;
        laneHeight = Math.max(1, scale);
        background = new byte[columns * rows];
        paintBackground();
        int capacity = 0;
        for (int row = 0; row < rows; row++) {
            capacity += columns - flatColumns(row);
        }
        noiseCapacity = capacity;
    }

    /** The counter leaves a quarter of its rows to noise. */
    private int counterColumns() {
        return columns * 3 / 4;
    }

    /** The largest at which all digits fit, or the smallest if some do. */
    private int scale() {
        int below = rows - counterTop;
        int all = Math.min((counterColumns() + 1) / (DIGIT_PITCH * MOST_DIGITS), below / COUNTER_SHARE / Digits.HEIGHT);
        boolean some = below >= Digits.HEIGHT + 2;
        return all > 0 ? all : some ? 1 : 0;
    }

    private void paintBackground() {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                background[row * columns + column] = backgroundAt(column, row).index();
            }
        }
    }

    private Colour backgroundAt(int column, int row) {
        if (row < laneTop) {
            return Colour.DARK_GREY;
        }
        return row < laneTop + laneHeight ? Colour.NAVY : BARS[column * BARS.length / columns];
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** Columns of the row that are never noise, 1 and more. */
    int flatColumns(int row) {
        if (row < stripRows) {
            return stripColumns;
        }
        if (row < laneTop) {
            return digits * DIGIT_PITCH * scale - scale;
        }
        return row < laneTop + laneHeight ? columns : 1;
    }

    /** Macroblocks that may be noise. */
    int noiseCapacity() {
        return noiseCapacity;
    }

    /** Draws the frame, a colour's index a macroblock, row by row. */
    void paint(long frame, byte[] cells) {
        System.arraycopy(background, 0, cells, 0, cells.length);
        paintStrip(NumberStrip.code(frame), cells);
        long rest = frame;
        for (int digit = digits - 1; digit >= 0; digit--) {
            paintDigit((int) (rest % TEN), digit * DIGIT_PITCH * scale, cells);
            rest /= TEN;
        }
        int bar = (int) (frame % (columns - laneHeight + 1));
        fill(bar, laneTop, laneHeight, Colour.YELLOW, cells);
    }

    private void paintStrip(int code, byte[] cells) {
        for (int bit = 0; bit < NumberStrip.BITS; bit++) {
            boolean one = (code << bit) < 0;
            cells[bit / stripColumns * columns + bit % stripColumns] = (one ? Colour.WHITE : Colour.BLACK).index();
        }
    }

    private void paintDigit(int digit, int left, byte[] cells) {
        for (int y = 0; y < Digits.HEIGHT; y++) {
            for (int x = 0; x < Digits.WIDTH; x++) {
                if (Digits.isLit(digit, x, y)) {
                    fill(left + x * scale, counterTop + y * scale, scale, Colour.WHITE, cells);
                }
            }
        }
    }

    /** A square. */
    private void fill(int left, int top, int side, Colour colour, byte[] cells) {
        for (int row = top; row < top + side; row++) {
            java.util.Arrays.fill(cells, row * columns + left, row * columns + left + side, colour.index());
        }
    }
}
