package io.mcm.h264.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PictureParameterSetTest {

    private static final int HEADER = 0x68;

    static Stream<SetCase> sets() {
        return SetCase.all();
    }

    /** x264 uses CAVLC below main profile and with its ultrafast preset, tells the bottom field's order where interlaced. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sets")
    void realSetsAreThoseThatTheEncoderWasToldToMake(SetCase row) throws ParameterSetException {
        PictureParameterSet set = PictureParameterSet.parse(row.pps());
        SequenceParameterSet sequenceSet = SequenceParameterSet.parse(row.sps());
        assertThat(set.sequenceId()).isEqualTo(sequenceSet.id()).isEqualTo(row.name().equals("spsid") ? 7 : 0);
        assertThat(set.cabac()).isEqualTo(!row.profile().contains("Baseline"));
        assertThat(set.bottomFieldOrderPresent()).isEqualTo(row.interlaced());
        assertThat(set.sliceGroups()).isEqualTo(1);
        assertThat(set.redundantPictureCountPresent()).isFalse();
    }

    private static BitWriter groups(int count, int type) {
        return new BitWriter().ues(255, 31).u(1, 0).u(1, 1).ues(count - 1, type);
    }

    private static BitWriter finished(BitWriter set, int redundant) {
        return set.ues(31, 31).u(1, 1).u(2, 2).se(-62).se(25).se(-12).u(1, 1).u(1, 0).u(1, redundant);
    }

    static Stream<Arguments> sliceGroups() {
        BitWriter map = groups(5, 6).ue(98);
        for (int i = 0; i < 99; i++) {
            map.u(3, i % 5);
        }
        return Stream.of(
            Arguments.of("none", new BitWriter().ues(255, 31).u(1, 0).u(1, 1).ue(0), 1),
            Arguments.of("interleaved", groups(3, 0).ues(0, 139_263, 5), 3),
            Arguments.of("dispersed", groups(8, 1), 8),
            Arguments.of("foreground", groups(3, 2).ues(0, 9, 20, 40), 3),
            Arguments.of("box-out", groups(2, 3).u(1, 1).ue(7), 2),
            Arguments.of("raster scan", groups(2, 4).u(1, 0).ue(7), 2),
            Arguments.of("wipe", groups(2, 5).u(1, 1).ue(0), 2),
            Arguments.of("explicit", map, 5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sliceGroups")
    void whatFollowsTheSliceGroupsIsFound(String name, BitWriter begun, int count) throws ParameterSetException {
        PictureParameterSet set = PictureParameterSet.parse(finished(begun, 1).unit(HEADER));
        assertThat(set).isEqualTo(new PictureParameterSet(255, 31, false, true, count, true));
    }

    @Test
    void redundantPicturesMayBeAbsent() throws ParameterSetException {
        assertThat(PictureParameterSet.parse(finished(groups(8, 1), 0).unit(HEADER)).redundantPictureCountPresent()).isFalse();
    }

    static Stream<Arguments> brokenSets() {
        BitWriter prediction = new BitWriter().ues(0, 0).u(2, 0).ue(0).ues(0, 0);
        return Stream.of(
            Arguments.of("PPS: pic_parameter_set_id 256; allowed are 0 to 255", new BitWriter().ue(256)),
            Arguments.of("PPS: seq_parameter_set_id 32; allowed are 0 to 31", new BitWriter().ues(0, 32)),
            Arguments.of("PPS: num_slice_groups_minus1 8; allowed are 0 to 7", groups(9, 0)),
            Arguments.of("PPS: slice_group_map_type 7; allowed are 0 to 6", groups(2, 7)),
            Arguments.of("PPS: pic_size_in_map_units_minus1 139264; allowed are 0 to 139263", groups(2, 6).ue(139_264)),
            Arguments.of("PPS: slice_group_id 7; allowed are 0 to 4", groups(5, 6).ue(1).u(3, 7)),
            Arguments.of("PPS: num_ref_idx_l0_default_active_minus1 32; allowed are 0 to 31",
                new BitWriter().ues(0, 0).u(2, 0).ue(0).ues(32, 0)),
            Arguments.of("PPS: weighted_bipred_idc 3; allowed are 0 to 2", prediction.u(1, 0).u(2, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenSets")
    void aBrokenSetIsRefusedWithTheValueAndWhatIsAllowed(String message, BitWriter set) {
        assertThatThrownBy(() -> PictureParameterSet.parse(set.unit(HEADER))).isInstanceOf(ParameterSetException.class)
            .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sliceGroups")
    void everyTruncationAndEveryWrongBitIsRefusedOrWithinTheLimits(String name, BitWriter begun, int count) {
        MemorySegment unit = finished(begun, 1).unit(HEADER);
        for (long cut = 0; cut < unit.byteSize() - 1; cut++) {
            assertThat(Flips.read(unit.asSlice(0, cut), PictureParameterSet::parse)).isEmpty();
        }
        for (MemorySegment flipped : Flips.ofEveryBit(unit)) {
            Flips.read(flipped, PictureParameterSet::parse).ifPresent(set -> {
                assertThat(set.id()).isBetween(0, 255);
                assertThat(set.sequenceId()).isBetween(0, 31);
                assertThat(set.sliceGroups()).isBetween(1, 8);
            });
        }
    }
}
