package io.mcm.camera.packetize;

/** Which small NAL units share a packet: an STAP-A in mode 1. */
public enum Aggregate {
    /** Each has its own. */
    NONE,
    /** Sequence and picture parameter sets that follow each other. */
    PARAMETER_SETS,
    /** What comes before a slice goes with it, so that nothing waits: what GStreamer calls so. */
    ZERO_LATENCY,
    /** All of an access unit that fit. */
    MAX
}
