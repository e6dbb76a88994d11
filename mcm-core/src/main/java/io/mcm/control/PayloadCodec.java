package io.mcm.control;

/** {@code mcm_payload_codec}. In wire order. */
public enum PayloadCodec {
    NONE,
    JPEGXS,
    H264
}
