package io.mcm.h264.parameter;

import java.lang.foreign.MemorySegment;

/**
 * A picture parameter set (ITU-T H.264 section 7.3.2.2), as far as slice headers need it.
 *
 * @param id 0 to {@value #MAX_ID}
 * @param sequenceId which sequence parameter set it stands on
 * @param cabac entropy_coding_mode_flag: arithmetic coding instead of CAVLC
 * @param bottomFieldOrderPresent whether slice headers of frames have the order of the bottom field too
 * @param sliceGroups 1 to 8; more than one is flexible macroblock order
 * @param redundantPictureCountPresent whether slice headers tell redundant pictures
 */
public record PictureParameterSet(int id, int sequenceId, boolean cabac, boolean bottomFieldOrderPresent, int sliceGroups,
        boolean redundantPictureCountPresent) {

    /** H.264 section 7.4.2.2. */
    public static final int MAX_ID = 255;

    /**
     * Reads a whole NAL unit, its header byte first.
     *
     * @throws ParameterSetException if it ends early or a value is out of the standard's range
     */
    public static PictureParameterSet parse(MemorySegment unit) throws ParameterSetException {
        return new PictureParameterSetReader(unit).read();
    }
}
