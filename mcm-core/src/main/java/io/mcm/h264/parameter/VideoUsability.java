package io.mcm.h264.parameter;

import java.util.Optional;

/**
 * What an SPS says of display and timing (VUI, ITU-T H.264 annex E); what it leaves out is empty.
 *
 * @param reorderFrames pictures that come before one that is shown earlier (max_num_reorder_frames), 0 to 16
 */
public record VideoUsability(Optional<AspectRatio> sampleAspectRatio, Optional<Timing> timing, Optional<Integer> reorderFrames) {

    /** Where there is no VUI. */
    static final VideoUsability NONE = new VideoUsability(Optional.empty(), Optional.empty(), Optional.empty());

    /** The shape of a sample, width to height: 1 to 65,535 each. */
    public record AspectRatio(int width, int height) {

        @Override
        public String toString() {
            return width + ":" + height;
        }
    }

    /**
     * The clock of the stream: a tick, usually the time of a field, is {@code unitsInTick / timeScale} seconds.
     *
     * @param unitsInTick 1 to 2^32 - 1
     * @param timeScale 1 to 2^32 - 1
     * @param fixed whether the distance of pictures is constant, as the encoder says
     */
    public record Timing(long unitsInTick, long timeScale, boolean fixed) {

        /** Two ticks a frame (H.264 table E-6), interlaced or not. */
        public double framesPerSecond() {
            return timeScale / (2.0 * unitsInTick);
        }
    }
}
