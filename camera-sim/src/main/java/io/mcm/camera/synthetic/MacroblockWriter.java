package io.mcm.camera.synthetic;

/**
 * Writes the macroblocks of which the pictures are made (ITU-T H.264 sections 7.3.5 and 9.2): flat ones, predicted from one neighbour
 * with the difference as a single DC coefficient of each component, and uncompressed noise.
 *
 * <p>The quantizer is 28: there a coefficient of the luma DC is a step of exactly 1 in all 256 samples (LevelScale 16 x 16 shifted right by 2
 * is 64, the divisor of the transform), one of the chroma DC a step of 2 (section 8.5). No rounding: every decoder has the same samples.
 */
final class MacroblockWriter {

    /** The quantizer of every slice. */
    static final int QP = 28;
    /** Bytes of an uncompressed macroblock in 4:2:0. */
    static final int PCM_LENGTH = 384;

    private static final int CHROMA_STEP = 2;
    /** What stands for neighbours that are not there (section 8.3.3.3). */
    private static final int NO_NEIGHBOUR = 128;
    /** mb_type of Intra_16x16 in an I slice: 1 + prediction + 4 x chroma (table 7-11). */
    private static final int INTRA_16X16 = 1;
    private static final int CHROMA_DC_CODED = 4;
    private static final int I_PCM = 25;
    /** Added to the types of intra macroblocks in a P slice (table 7-13). */
    private static final int INTRA_IN_P = 5;
    /** nC of a block whose neighbour above is uncompressed: 8 and more, a code of fixed length (table 9-5). */
    private static final int FIXED_LENGTH = 6;
    private static final int FIXED_NONE = 0b000011;
    private static final int FIXED_ONE = 0b000000;
    private static final int FIXED_TRAILING_ONE = 0b000001;

    /** Which neighbour a macroblock is predicted from: its numbers for luma (table 8-4) and chroma (table 8-5). */
    enum Prediction {
        LEFT(1, 1), ABOVE(0, 2), NONE(2, 0);

        private final int luma;
        private final int chroma;

        Prediction(int luma, int chroma) {
            this.luma = luma;
            this.chroma = chroma;
        }
    }

    private final UnitWriter out;
    private int typeOffset;

    MacroblockWriter(UnitWriter out) {
        this.out = out;
    }

    void beginSlice(boolean intra) {
        typeOffset = intra ? 0 : INTRA_IN_P;
    }

    /**
     * @param neighbour what the predicting neighbour shows, null without one
     * @param underNoise whether the macroblock above, in the same slice, is an uncompressed one of this picture
     */
    void flat(Colour colour, Prediction prediction, Colour neighbour, boolean underNoise) {
        int luma = colour.luma() - (neighbour == null ? NO_NEIGHBOUR : neighbour.luma());
        int blue = (colour.blue() - (neighbour == null ? NO_NEIGHBOUR : neighbour.blue())) / CHROMA_STEP;
        int red = (colour.red() - (neighbour == null ? NO_NEIGHBOUR : neighbour.red())) / CHROMA_STEP;
        boolean chroma = blue != 0 || red != 0;
        out.ue(typeOffset + INTRA_16X16 + prediction.luma + (chroma ? CHROMA_DC_CODED : 0));
        out.ue(prediction.chroma);
        out.se(0);
        if (underNoise) {
            lumaUnderNoise(luma);
        } else {
            luma(luma);
        }
        if (chroma) {
            chroma(blue);
            chroma(red);
        }
    }

    /** An uncompressed macroblock of random bytes, none of them 0. */
    void noise(byte[] from, int offset) {
        out.ue(typeOffset + I_PCM).align().nonZeroBytes(from, offset, PCM_LENGTH);
    }

    /** coeff_token for 0 &lt;= nC &lt; 2 (table 9-5), level, total_zeros of 0. */
    private void luma(int level) {
        switch (level) {
            case 0 -> out.u(1, 1);
            case 1, -1 -> trailingOne(2, 0b01, level);
            default -> single(6, 0b000101, level);
        }
    }

    private void lumaUnderNoise(int level) {
        switch (level) {
            case 0 -> out.u(FIXED_LENGTH, FIXED_NONE);
            case 1, -1 -> trailingOne(FIXED_LENGTH, FIXED_TRAILING_ONE, level);
            default -> single(FIXED_LENGTH, FIXED_ONE, level);
        }
    }

    /** The same for nC of -1. */
    private void chroma(int level) {
        switch (level) {
            case 0 -> out.u(2, 0b01);
            case 1, -1 -> trailingOne(1, 1, level);
            default -> single(6, 0b000111, level);
        }
    }

    private void trailingOne(int tokenLength, int token, int level) {
        out.u(tokenLength, token).flag(level < 0).u(1, 1);
    }

    /** level_prefix and level_suffix of a block's only coefficient, which is not 1 or -1 (section 9.2.2.1). */
    private void single(int tokenLength, int token, int level) {
        out.u(tokenLength, token);
        int code = (level > 0 ? 2 * level - 2 : -2 * level - 1) - 2;
        if (code < 14) {
            out.u(code, 0).u(1, 1);
        } else if (code < 30) {
            out.u(14, 0).u(1, 1).u(4, code - 14);
        } else {
            out.u(15, 0).u(1, 1).u(12, code - 30);
        }
        out.u(1, 1);
    }
}
