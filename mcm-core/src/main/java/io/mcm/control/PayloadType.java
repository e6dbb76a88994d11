package io.mcm.control;

/** {@code mcm_payload_type}: what the session carries. In wire order. */
public enum PayloadType {
    NONE,
    ST20_VIDEO,
    ST22_VIDEO,
    ST30_AUDIO,
    ST40_ANCILLARY,
    /** RTP as an RTSP camera sends it: H.264 of RFC 6184. */
    RTSP_VIDEO,
    RDMA_VIDEO;

    /** True where {@code payload_args} holds {@code mcm_video_args}. */
    boolean hasVideoArgs() {
        return this == ST20_VIDEO || this == ST22_VIDEO || this == RTSP_VIDEO;
    }
}
