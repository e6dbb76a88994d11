package io.mcm.camera.synthetic;

/** The lowest level that a stream stays within (ITU-T H.264 table A-1). */
enum Level {
    L1(10, 1_485, 99, 64), L1_1(11, 3_000, 396, 192), L1_2(12, 6_000, 396, 384), L1_3(13, 11_880, 396, 768),
    L2(20, 11_880, 396, 2_000), L2_1(21, 19_800, 792, 4_000), L2_2(22, 20_250, 1_620, 4_000),
    L3(30, 40_500, 1_620, 10_000), L3_1(31, 108_000, 3_600, 14_000), L3_2(32, 216_000, 5_120, 20_000),
    L4(40, 245_760, 8_192, 20_000), L4_1(41, 245_760, 8_192, 50_000), L4_2(42, 522_240, 8_704, 50_000),
    L5(50, 589_824, 22_080, 135_000), L5_1(51, 983_040, 36_864, 240_000), L5_2(52, 2_073_600, 36_864, 240_000),
    L6(60, 4_177_920, 139_264, 240_000), L6_1(61, 8_355_840, 139_264, 480_000), L6_2(62, 16_711_680, 139_264, 800_000);

    /** Macroblocks of the largest picture of any level. */
    static final int MAX_MACROBLOCKS = 139_264;
    /** Bits of a NAL unit stream for each unit of MaxBR in the baseline profile (table A-2, cpbBrNalFactor). */
    private static final long BITS_PER_RATE_UNIT = 1_200;
    /** A side may have the root of 8 times the picture's macroblocks (section A.3.1). */
    private static final int SIDE_FACTOR = 8;

    private static final Level[] ALL = values();

    private final int idc;
    private final int macroblocksPerSecond;
    private final int macroblocks;
    private final int rate;

    Level(int idc, int macroblocksPerSecond, int macroblocks, int rate) {
        this.idc = idc;
        this.macroblocksPerSecond = macroblocksPerSecond;
        this.macroblocks = macroblocks;
        this.rate = rate;
    }

    /** level_idc: ten times the level. */
    int idc() {
        return idc;
    }

    /** The highest where none is high enough, as encoders do. */
    static Level of(PictureSize size, FrameRate frameRate, long bitsPerSecond) {
        for (Level level : ALL) {
            if (level.holds(size, frameRate, bitsPerSecond)) {
                return level;
            }
        }
        return L6_2;
    }

    private boolean holds(PictureSize size, FrameRate frameRate, long bitsPerSecond) {
        int all = size.columns() * size.rows();
        int longer = Math.max(size.columns(), size.rows());
        return all <= macroblocks && (long) longer * longer <= (long) SIDE_FACTOR * macroblocks
            && all * frameRate.framesPerSecond() <= macroblocksPerSecond && bitsPerSecond <= BITS_PER_RATE_UNIT * rate;
    }
}
