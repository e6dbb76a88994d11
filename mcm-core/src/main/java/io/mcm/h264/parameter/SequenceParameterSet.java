package io.mcm.h264.parameter;

import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * A sequence parameter set (ITU-T H.264 section 7.3.2.1.1).
 *
 * @param profile profile_idc
 * @param constraints constraint_set0_flag in the highest of 8 bits
 * @param level level_idc: ten times the level
 * @param id 0 to {@value #MAX_ID}
 * @param chromaFormat 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param separateColourPlanes whether the planes of 4:4:4 have slices of their own
 * @param lumaDepth bits, 8 to 14
 * @param chromaDepth bits, 8 to 14
 * @param frameNumberLength bits of frame_num, 4 to 16
 * @param referenceFrames max_num_ref_frames, 0 to {@value #MAX_FRAMES}
 * @param frameMbsOnly whether no picture is a field or has fields in its macroblocks: progressive
 * @param adaptiveFrameField whether frames may have field macroblocks (MBAFF)
 * @param width of the shown pictures, samples of luma
 * @param height of the shown frames, samples of luma
 */
public record SequenceParameterSet(int profile, int constraints, int level, int id, int chromaFormat, boolean separateColourPlanes,
        int lumaDepth, int chromaDepth, int frameNumberLength, PictureOrder pictureOrder, int referenceFrames, boolean frameMbsOnly,
        boolean adaptiveFrameField, int width, int height, VideoUsability usability) {

    /** H.264 section 7.4.2.1.1. */
    public static final int MAX_ID = 31;
    /** Frames that a decoder of any level holds (H.264 section A.3.1, MaxDpbFrames). */
    static final int MAX_FRAMES = 16;

    /**
     * Reads a whole NAL unit, its header byte first.
     *
     * @throws ParameterSetException if it ends early or a value is out of the standard's range
     */
    public static SequenceParameterSet parse(MemorySegment unit) throws ParameterSetException {
        return new SequenceParameterSetReader(unit).read();
    }

    /** Like {@code High}. */
    public String profileName() {
        return Profile.name(profile, constraints);
    }

    /** Like {@code 3.1}. */
    public String levelName() {
        return Profile.level(profile, constraints, level);
    }

    /** One short line, like {@code High level 4, 1920x1080, 25 fps}. */
    public String text() {
        StringBuilder text = new StringBuilder().append(profileName()).append(" level ").append(levelName())
            .append(", ").append(width).append('x').append(height);
        usability.timing().ifPresent(timing -> text.append(", ").append(rate(timing.framesPerSecond())).append(" fps"));
        if (!frameMbsOnly) {
            text.append(", interlaced");
        }
        usability.sampleAspectRatio().filter(ratio -> ratio.width() != ratio.height())
            .ifPresent(ratio -> text.append(", sample aspect ratio ").append(ratio));
        return text.toString();
    }

    private static String rate(double framesPerSecond) {
        return String.format(Locale.ROOT, "%.3f", framesPerSecond).replaceAll("\\.?0+$", "");
    }
}
