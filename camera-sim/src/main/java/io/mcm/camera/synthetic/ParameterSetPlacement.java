package io.mcm.camera.synthetic;

/** Where a stream has its parameter sets. */
public enum ParameterSetPlacement {
    /** Before the first picture of each size. */
    ONCE,
    /** Before every IDR picture, as most cameras do. */
    IDR,
    /** Only in the session description. */
    OUT_OF_BAND
}
