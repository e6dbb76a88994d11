package io.mcm.camera.packetize;

/** How the headers of fragments (FU-A) are written; RFC 6184 section 5.8 knows one way. */
public enum FragmentHabit {
    /** As it is written. */
    RFC,
    /** Slices that fit a packet are one fragment, both start and end. */
    START_AND_END,
    /** The reserved bit is set. */
    RESERVED_BIT,
    /** Only the first fragment tells the unit's type. */
    TYPE_IN_FIRST
}
