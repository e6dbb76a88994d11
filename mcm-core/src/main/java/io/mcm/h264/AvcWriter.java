package io.mcm.h264;

import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes whole NAL units as the samples of MP4 files hold them (ISO/IEC 14496-15), the number of its bytes before each, and leaves
 * incomplete ones out. What decodes them needs an {@link io.mcm.h264.parameter.AvcDecoderConfiguration} too.
 *
 * <pre>
 *   | size, 32 bits big endian | NAL unit | size | NAL unit | ...
 * </pre>
 */
public final class AvcWriter extends WholeUnitWriter {

    /** Bytes of the size before a unit. */
    public static final int SIZE_LENGTH = 4;

    public AvcWriter(OutputStream out) {
        super(out, SIZE_LENGTH);
    }

    @Override
    void prefix(byte[] buffer, int unitLength) {
        ByteBuffer.wrap(buffer).putInt(unitLength);
    }
}
