package io.mcm.camera.source;

/**
 * What part of a recording is played.
 *
 * @param startNanos    where it begins, after the first packet
 * @param durationNanos how long it is
 */
public record ReplayWindow(long startNanos, long durationNanos) {

    public static final ReplayWindow ALL = new ReplayWindow(0, Long.MAX_VALUE);

    public ReplayWindow {
        if (startNanos < 0 || durationNanos <= 0) {
            throw new IllegalArgumentException("from " + startNanos + " ns on for " + durationNanos + " ns; allowed are 0 and more, and more than 0");
        }
    }

    boolean isBefore(long nanos) {
        return nanos < startNanos;
    }

    boolean isOver(long nanos) {
        return nanos - startNanos >= durationNanos;
    }

    /** How much of a recording of that length is in it. */
    public long ofNanos(long recorded) {
        return Math.clamp(recorded - startNanos, 0, durationNanos);
    }
}
