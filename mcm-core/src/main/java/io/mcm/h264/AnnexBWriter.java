package io.mcm.h264;

import java.io.OutputStream;

/** Writes whole NAL units as a byte stream (ITU-T H.264 annex B), a start code before each, and leaves incomplete ones out. */
public final class AnnexBWriter extends WholeUnitWriter {

    /** How many bytes a start code has. */
    public enum StartCode {
        /** 00 00 01; the byte stream's first unit and parameter sets ought to have one zero more (B.1.2). */
        THREE_BYTES(3),
        /** 00 00 00 01 */
        FOUR_BYTES(4);

        private final int length;

        StartCode(int length) {
            this.length = length;
        }
    }

    private final StartCode startCode;

    /** With start codes of four bytes. */
    public AnnexBWriter(OutputStream out) {
        this(out, StartCode.FOUR_BYTES);
    }

    public AnnexBWriter(OutputStream out, StartCode startCode) {
        super(out, startCode.length);
        this.startCode = startCode;
    }

    @Override
    void prefix(byte[] buffer, int unitLength) {
        System.arraycopy(AnnexB.START_CODE, AnnexB.START_CODE.length - startCode.length, buffer, 0, startCode.length);
    }
}
