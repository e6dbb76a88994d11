package io.mcm.h264.parameter;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import io.mcm.h264.NalHeader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Parameter sets and slice headers of any bytes: read, with every value inside the standard's range, or refused with a {@link
 * ParameterSetException}; nothing is read past a unit. Without JAZZER_FUZZ the inputs that are committed beside this class are replayed;
 * {@code ci/fuzz} looks for new ones.
 *
 * <pre>
 *   slice   SPS length:1   SPS   PPS length:1   PPS   slice
 * </pre>
 */
class ParameterSetFuzzTest {

    private static final int MAX_INPUT = 256;

    @FuzzTest
    void sps(byte[] unit) {
        if (unit.length > MAX_INPUT) {
            return;
        }
        try {
            SequenceParameterSet set = SequenceParameterSet.parse(MemorySegment.ofArray(unit));
            require(set.id() >= 0 && set.id() <= SequenceParameterSet.MAX_ID);
            require(set.width() > 0 && set.height() > 0);
            require((long) set.width() * set.height() <= 256L * SequenceParameterSetReader.MAX_FRAME_MACROBLOCKS);
            require(set.frameNumberLength() >= 4 && set.frameNumberLength() <= 16);
            require(!set.text().isBlank());
            PlantedFault.at(set.usability().reorderFrames().isPresent() & set.usability().sampleAspectRatio().isPresent()
                & set.pictureOrder().type() == 1 & set.adaptiveFrameField() & set.separateColourPlanes());
        } catch (ParameterSetException refused) {
            require(refused.getMessage().startsWith("SPS"));
        }
    }

    @FuzzTest
    void pps(byte[] unit) {
        if (unit.length > MAX_INPUT) {
            return;
        }
        try {
            PictureParameterSet set = PictureParameterSet.parse(MemorySegment.ofArray(unit));
            require(set.id() >= 0 && set.id() <= PictureParameterSet.MAX_ID);
            PlantedFault.at(set.sliceGroups() > 6 & set.redundantPictureCountPresent() & set.cabac() & set.bottomFieldOrderPresent());
        } catch (ParameterSetException refused) {
            require(refused.getMessage().startsWith("PPS"));
        }
    }

    @FuzzTest
    void slice(byte[] input) {
        if (input.length > MAX_INPUT) {
            return;
        }
        ParameterSets sets = new ParameterSets();
        int at = accept(input, accept(input, 0, sets), sets);
        if (at >= input.length) {
            return;
        }
        MemorySegment unit = MemorySegment.ofArray(Arrays.copyOfRange(input, at, input.length));
        SliceHeader header = new SliceHeader();
        int first = unit.get(JAVA_BYTE, 0) & 0xff;
        SliceHeader.Extent extent = header.read(first, unit, NalHeader.LENGTH, unit.byteSize() - NalHeader.LENGTH, sets);
        require(extent == SliceHeader.Extent.NOTHING || header.firstMacroblock() >= 0);
        require(sets.size() <= 2);
        PlantedFault.at(extent == SliceHeader.Extent.WHOLE & header.isBottomField() & header.redundantCount() > 0
            & header.deltaOrder0() != 0);
    }

    private static int accept(byte[] input, int at, ParameterSets sets) {
        if (at >= input.length) {
            return at;
        }
        int end = Math.min(input.length, at + 1 + (input[at] & 0xff));
        sets.accept(MemorySegment.ofArray(Arrays.copyOfRange(input, at + 1, end)));
        return end;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }
}
