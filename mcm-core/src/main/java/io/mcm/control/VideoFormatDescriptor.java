package io.mcm.control;

/**
 * {@code mcm_video_args}, 24 bytes. The same four fields in the same places stand a second time in {@code mcm_conn_param}
 * (without the padding at the end).
 *
 * <pre>
 *    0        4        8                 16       20       24
 *   +--------+--------+-----------------+--------+--------+
 *   | width  | height | fps (double)    | pix_fmt|(padding)
 *   +--------+--------+-----------------+--------+--------+
 * </pre>
 */
final class VideoFormatDescriptor {

    static final int LENGTH = 20;
    static final int WIDTH_OFFSET = 0;
    static final int HEIGHT_OFFSET = 4;
    static final int FPS_OFFSET = 8;
    static final int PIXEL_FORMAT_OFFSET = 16;

    private static final PixelFormat[] PIXEL_FORMATS = PixelFormat.values();

    private VideoFormatDescriptor() {}

    static VideoFormat decode(Struct struct) throws ProtocolException {
        return new VideoFormat(
            struct.u32(WIDTH_OFFSET, "width"),
            struct.u32(HEIGHT_OFFSET, "height"),
            struct.positive(FPS_OFFSET, "fps"),
            struct.constant(PIXEL_FORMAT_OFFSET, "pix_fmt", PIXEL_FORMATS));
    }

    static void encode(Struct struct, VideoFormat video) {
        struct.u32(WIDTH_OFFSET, video.width(), "width");
        struct.u32(HEIGHT_OFFSET, video.height(), "height");
        struct.positive(FPS_OFFSET, video.fps(), "fps");
        struct.constant(PIXEL_FORMAT_OFFSET, video.pixelFormat());
    }
}
