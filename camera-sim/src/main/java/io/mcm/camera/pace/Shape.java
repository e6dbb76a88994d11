package io.mcm.camera.pace;

/** How a picture's packets are spread over time. */
public enum Shape {
    /** All at once when the first is due, as most cameras send them. */
    FRAME,
    /** Evenly from one picture to the next. */
    SMOOTH,
    /** As the source has them. */
    CAPTURE
}
