package io.mcm.control;

import java.util.Objects;

/**
 * {@code mcm_video_args}; an H.264 session does not need it, the stream says it itself.
 *
 * @param width  pixels, 0 for not said
 * @param height pixels, 0 for not said
 * @param fps    frames a second, 0 for not said
 */
public record VideoFormat(int width, int height, double fps, PixelFormat pixelFormat) {

    public static final VideoFormat UNSAID = new VideoFormat(0, 0, 0, PixelFormat.NV12);

    public VideoFormat {
        Objects.requireNonNull(pixelFormat, "pixelFormat");
    }
}
