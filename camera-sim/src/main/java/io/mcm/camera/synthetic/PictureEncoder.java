package io.mcm.camera.synthetic;

import io.mcm.camera.source.NalUnitSink;
import io.mcm.camera.synthetic.MacroblockWriter.Prediction;
import io.mcm.h264.NalType;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Codes the pictures of one size, slice by slice. Of pictures that refer to another only what differs is coded, and the noise; the rest is
 * skipped. Allocates nothing once it has seen the largest picture.
 */
final class PictureEncoder {

    /** nal_ref_idc: of IDR pictures, of other pictures that are referred to, of the rest. */
    private static final int NRI_IDR = 0x60;
    private static final int NRI_REFERENCE = 0x40;
    /** slice_type: all slices of the picture are P, or all are I. */
    private static final int ALL_P = 5;
    private static final int ALL_I = 7;
    private static final int NO_DEBLOCKING = 1;
    /** Of all cameras: which bytes of it a macroblock has is the seed's choice. */
    private static final byte[] NOISE = noise(new SplittableRandom(0), 1 << 16);

    private final SyntheticConfig config;
    private final UnitWriter out;
    private final MacroblockWriter macroblocks;
    private final Scene scene;
    private final SplittableRandom random;
    /** What the picture shall show, and what the one that it refers to shows. */
    private final byte[] cells;
    private final byte[] reference;
    /** Of each row: the column from which on it is noise. */
    private final int[] noiseFrom;
    private int skipped;

    PictureEncoder(SyntheticConfig config, PictureSize size, UnitWriter out) {
        this.config = config;
        this.out = out;
        macroblocks = new MacroblockWriter(out);
        scene = new Scene(size);
        random = new SplittableRandom(config.seed());
        cells = new byte[scene.columns() * scene.rows()];
        reference = new byte[cells.length];
        noiseFrom = new int[scene.rows()];
    }

    private static byte[] noise(SplittableRandom random, int length) {
        byte[] pool = new byte[length];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = (byte) random.nextInt(1, 256);
        }
        return pool;
    }

    Scene scene() {
        return scene;
    }

    /**
     * Codes the picture and hands on its slices.
     *
     * @param noise macroblocks, up to the scene's capacity
     * @return bytes of all slices
     */
    int encode(PictureOrdering picture, int noise, NalUnitSink sink) {
        scene.paint(picture.number(), cells);
        spreadNoise(noise);
        int length = 0;
        for (int slice = 0; slice < config.slices(); slice++) {
            int firstRow = slice * scene.rows() / config.slices();
            int endRow = (slice + 1) * scene.rows() / config.slices();
            beginSlice(picture, firstRow);
            if (picture.isIdr()) {
                codeAll(firstRow, endRow);
            } else {
                codeDifference(firstRow, endRow);
            }
            out.end();
            length += out.length();
            sink.nalUnit(out.segment(), 0, out.length());
        }
        if (picture.isReference()) {
            System.arraycopy(cells, 0, reference, 0, cells.length);
        }
        return length;
    }

    /** To each row its share, so that slices have theirs. */
    private void spreadNoise(long noise) {
        int capacity = 0;
        long spread = 0;
        for (int row = 0; row < scene.rows(); row++) {
            capacity += scene.columns() - scene.flatColumns(row);
            long until = scene.noiseCapacity() == 0 ? 0 : noise * capacity / scene.noiseCapacity();
            noiseFrom[row] = scene.columns() - (int) (until - spread);
            spread = until;
        }
    }

    /** slice_header(), H.264 section 7.3.3. */
    private void beginSlice(PictureOrdering picture, int firstRow) {
        boolean idr = picture.isIdr();
        out.begin(idr ? NRI_IDR | NalType.IDR_SLICE : (picture.isReference() ? NRI_REFERENCE : 0) | NalType.SLICE);
        out.ue(firstRow * scene.columns()).ue(idr ? ALL_I : ALL_P).ue(picture.sequence());
        out.u(ParameterSetWriter.FRAME_NUMBER_LENGTH, picture.frameNumber());
        if (idr) {
            out.ue(picture.idrId());
        }
        if (config.reorder() > 0) {
            out.u(ParameterSetWriter.ORDER_LENGTH, picture.order());
        }
        if (!idr) {
            // As many references as the PPS says, in their own order.
            out.flag(false).flag(false);
        }
        if (picture.isReference()) {
            // Of an IDR picture: output what came before, no long-term reference. Else: the sliding window.
            out.u(idr ? 2 : 1, 0);
        }
        out.se(0).ue(NO_DEBLOCKING);
        macroblocks.beginSlice(idr);
    }

    private void codeAll(int firstRow, int endRow) {
        for (int row = firstRow; row < endRow; row++) {
            for (int column = 0; column < noiseFrom[row]; column++) {
                codeFlat(column, row, firstRow);
            }
            for (int column = noiseFrom[row]; column < scene.columns(); column++) {
                codeNoise();
            }
        }
    }

    private void codeDifference(int firstRow, int endRow) {
        skipped = 0;
        for (int row = firstRow; row < endRow; row++) {
            int done = codeDifferingCells(row, firstRow);
            skipped += noiseFrom[row] - done;
            for (int column = noiseFrom[row]; column < scene.columns(); column++) {
                endRun();
                codeNoise();
            }
        }
        if (skipped > 0) {
            endRun();
        }
    }

    /** Gives the column after the last that was coded or counted as skipped. */
    private int codeDifferingCells(int row, int firstRow) {
        int start = row * scene.columns();
        int end = scene.flatColumns(row);
        int column = 0;
        while (column < end) {
            int equal = Arrays.mismatch(cells, start + column, start + end, reference, start + column, start + end);
            if (equal < 0) {
                break;
            }
            skipped += equal;
            column += equal;
            endRun();
            codeFlat(column, row, firstRow);
            column++;
        }
        return column;
    }

    /** mb_skip_run. */
    private void endRun() {
        out.ue(skipped);
        skipped = 0;
    }

    private void codeFlat(int column, int row, int firstRow) {
        int at = row * scene.columns() + column;
        boolean above = row > firstRow;
        Prediction prediction = column > 0 ? Prediction.LEFT : above ? Prediction.ABOVE : Prediction.NONE;
        Colour neighbour = switch (prediction) {
            case LEFT -> Colour.of(cells[at - 1]);
            case ABOVE -> Colour.of(cells[at - scene.columns()]);
            case NONE -> null;
        };
        macroblocks.flat(Colour.of(cells[at]), prediction, neighbour, above && column >= noiseFrom[row - 1]);
    }

    private void codeNoise() {
        macroblocks.noise(NOISE, random.nextInt(NOISE.length - MacroblockWriter.PCM_LENGTH));
    }
}
