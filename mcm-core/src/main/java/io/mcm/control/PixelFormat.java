package io.mcm.control;

/** {@code video_pixel_format}. In wire order. */
public enum PixelFormat {
    NV12,
    YUV422P,
    YUV422P_10BIT_LE,
    YUV444P_10BIT_LE,
    RGB8
}
