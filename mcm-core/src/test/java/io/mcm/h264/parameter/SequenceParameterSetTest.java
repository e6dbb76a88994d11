package io.mcm.h264.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.h264.parameter.VideoUsability.AspectRatio;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceParameterSetTest {

    private static final int HEADER = 0x67;

    static Stream<SetCase> sets() {
        return SetCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sets")
    void realSetsSayWhatFfprobeSays(SetCase expected) throws ParameterSetException {
        SequenceParameterSet set = SequenceParameterSet.parse(expected.sps());
        assertThat(set.profileName()).isEqualTo(expected.profile());
        assertThat(set.level()).isEqualTo(expected.level());
        assertThat(set.width()).isEqualTo(expected.width());
        assertThat(set.height()).isEqualTo(expected.height());
        assertThat(set.frameMbsOnly()).isEqualTo(!expected.interlaced());
        // Where an intra profile leaves the restriction out, it is 0 (E.2.1), as ffprobe says.
        assertThat(set.usability().reorderFrames().orElse(0)).isEqualTo(expected.reorderFrames());
        assertThat(set.lumaDepth()).isEqualTo(expected.pixels().contains("p10") ? 10 : 8);
        assertThat(set.chromaFormat()).isEqualTo(chromaFormat(expected));
        String[] rate = expected.frameRate().split("/");
        VideoUsability.Timing timing = set.usability().timing().orElseThrow();
        assertThat(timing.timeScale() * Long.parseLong(rate[1])).isEqualTo(2 * timing.unitsInTick() * Long.parseLong(rate[0]));
        assertThat(timing.fixed()).as("x264: force-cfr, which zerolatency sets too").isEqualTo(expected.name().matches("cfr|poc2"));
        assertThat(set.usability().sampleAspectRatio().filter(ratio -> ratio.width() != ratio.height()).map(AspectRatio::toString))
            .isEqualTo(expected.aspectRatio().isEmpty() ? Optional.empty() : Optional.of(expected.aspectRatio()));
    }

    private static int chromaFormat(SetCase row) {
        if (row.name().equals("gray")) {
            return 0; // ffprobe says yuvj420p: its decoder adds the planes
        }
        return row.pixels().startsWith("yuv422") ? 2 : row.pixels().startsWith("yuv444") ? 3 : 1;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "high1080    | High level 4, 1920x1080, 29.97 fps",
        "interlaced  | High level 4, 1920x1080, 25 fps, interlaced",
        "sar         | Main level 3, 720x576, 25 fps, sample aspect ratio 16:11",
        "level61     | Constrained Baseline level 6.1, 4096x2304, 120 fps",
        "tiny        | Constrained Baseline level 1, 16x16, 1 fps",
    })
    void theTextIsOneShortLine(String name, String text) throws ParameterSetException {
        SetCase set = SetCase.all().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
        assertThat(SequenceParameterSet.parse(set.sps()).text()).isEqualTo(text);
    }

    /** Profile, constraints, level, id 0. */
    private static BitWriter begun(int profile) {
        return new BitWriter().u(8, profile).u(8, 0).u(8, 31).ue(0);
    }

    /** From max_num_ref_frames on: 64x48, progressive, no cropping, no VUI. */
    private static BitWriter finished(BitWriter set) {
        return set.ue(1).u(1, 0).ues(3, 2).u(1, 1).u(1, 1).u(1, 0).u(1, 0);
    }

    private static SequenceParameterSet parsed(BitWriter set) throws ParameterSetException {
        return SequenceParameterSet.parse(set.unit(HEADER));
    }

    @Test
    void orderType1IsReadWithItsCycle() throws ParameterSetException {
        BitWriter set = begun(77).ue(12).ue(1).u(1, 1).se(-3).se(2).ue(3).se(1).se(-Integer.MAX_VALUE).se(Integer.MAX_VALUE);
        SequenceParameterSet read = parsed(finished(set));
        assertThat(read.pictureOrder()).isEqualTo(new PictureOrder(1, 0, true));
        assertThat(read.frameNumberLength()).isEqualTo(16);
        assertThat(read.width()).isEqualTo(64);
        assertThat(read.height()).isEqualTo(48);
        assertThat(read.usability().timing()).isEmpty();
    }

    @Test
    void scalingListsArePassedOver() throws ParameterSetException {
        BitWriter set = begun(244).ues(3).u(1, 1).ues(6, 0).u(1, 0).u(1, 1);
        for (int list = 0; list < 12; list++) {
            set.u(1, list % 4 == 3 ? 0 : 1);
            if (list % 4 == 0) {
                set.se(-8); // a next scale of 0 in the first place: the default list
            } else if (list % 4 != 3) {
                for (int i = 0; i < (list < 6 ? 16 : 64); i++) {
                    set.se(i == 0 ? 127 : i % 2 == 0 ? 100 : -100);
                }
            }
        }
        SequenceParameterSet read = parsed(finished(set.ues(0, 2)));
        assertThat(read.chromaFormat()).isEqualTo(3);
        assertThat(read.separateColourPlanes()).isTrue();
        assertThat(read.lumaDepth()).isEqualTo(14);
        assertThat(read.chromaDepth()).isEqualTo(8);
        assertThat(read.pictureOrder()).isEqualTo(new PictureOrder(2, 0, false));
        assertThat(read.height()).isEqualTo(48);
    }

    /** H.264 formulas 7-19 to 7-22: chroma format, separate planes, progressive, then what one crop unit is. */
    @ParameterizedTest
    @CsvSource({"0,0,1,1,1", "0,0,0,1,2", "1,0,1,2,2", "1,0,0,2,4", "2,0,1,2,1", "2,0,0,2,2", "3,0,1,1,1", "3,0,0,1,2", "3,1,1,1,1"})
    void croppingIsInUnitsOfChromaAndFields(int chroma, int separate, int progressive, int x, int y) throws ParameterSetException {
        BitWriter set = begun(244).ue(chroma);
        if (chroma == 3) {
            set.u(1, separate);
        }
        set.ues(0, 0).u(2, 0).ues(0, 2).ue(1).u(1, 0).ues(9, 4).u(1, progressive);
        if (progressive == 0) {
            set.u(1, 1);
        }
        SequenceParameterSet read = parsed(set.u(1, 1).u(1, 1).ues(1, 2, 0, 3).u(1, 0));
        assertThat(read.width()).isEqualTo(160 - 3 * x);
        assertThat(read.height()).isEqualTo((progressive == 1 ? 80 : 160) - 3 * y);
        assertThat(read.adaptiveFrameField()).isEqualTo(progressive == 0);
    }

    /** Everything that annex E has, with the bits behind each part given. */
    private static BitWriter usability(String ratio, String timing, BitWriter restriction) {
        BitWriter set = begun(66).ues(0, 2).ue(1).u(1, 0).ues(3, 2).u(1, 1).u(1, 1).u(1, 0).u(1, 1);
        set.raw(ratio).raw("11").u(1, 1).u(4, 5).u(1, 1).u(24, 0x010101).u(1, 1).ues(5, 5).raw(timing);
        for (int hrd = 0; hrd < 2; hrd++) {
            set.u(1, 1).ue(31).u(8, 0);
            for (int i = 0; i < 32; i++) {
                set.ues(0xffff_fffeL, 77).u(1, 0);
            }
            set.u(20, 0xfffff);
        }
        return set.u(1, 0).u(1, 1).raw(restriction.length() == 0 ? "0" : "1").raw(bits(restriction));
    }

    private static String bits(BitWriter writer) {
        StringBuilder all = new StringBuilder();
        BitReader reader = new BitReader();
        byte[] payload = writer.payload();
        reader.wrap(MemorySegment.ofArray(payload), 0, payload.length);
        for (int i = 0; i < writer.length(); i++) {
            all.append(reader.bit());
        }
        return all.toString();
    }

    private static final String CLOCK = "1" + "0".repeat(31) + "1" + "0".repeat(26) + "110010" + "0";

    @Test
    void everyPartOfAnnexEIsReadOrPassedOver() throws ParameterSetException {
        VideoUsability read = parsed(usability("1" + "11111111" + "0000000000000111" + "0000000000000101", CLOCK,
            new BitWriter().u(1, 1).ues(16, 16, 16, 16, 2, 4))).usability();
        assertThat(read.sampleAspectRatio()).contains(new AspectRatio(7, 5));
        assertThat(read.timing()).contains(new VideoUsability.Timing(1, 50, false));
        assertThat(read.timing().orElseThrow().framesPerSecond()).isEqualTo(25);
        assertThat(read.reorderFrames()).contains(2);
    }

    @Test
    void unspecifiedAndReservedShapesAndAStoppedClockSayNothing() throws ParameterSetException {
        for (String ratio : new String[] {"0", "100000000", "100010001", "111111110", "111111111" + "0".repeat(32)}) {
            VideoUsability read = parsed(usability(ratio, "1" + "0".repeat(65), new BitWriter())).usability();
            assertThat(read.sampleAspectRatio()).as(ratio).isEmpty();
            assertThat(read.timing()).isEmpty();
            assertThat(read.reorderFrames()).isEmpty();
        }
    }

    static Stream<Arguments> brokenSets() {
        return Stream.of(
            Arguments.of("SPS: seq_parameter_set_id 32; allowed are 0 to 31", new BitWriter().u(24, 0x42001f).ue(32)),
            Arguments.of("SPS: chroma_format_idc 4; allowed are 0 to 3", begun(100).ue(4)),
            Arguments.of("SPS: bit_depth_luma_minus8 7; allowed are 0 to 6", begun(100).ues(1, 7)),
            Arguments.of("SPS: bit_depth_chroma_minus8 7; allowed are 0 to 6", begun(100).ues(1, 0, 7)),
            Arguments.of("SPS: delta_scale 128; allowed are -128 to 127", begun(100).ues(1, 0, 0).u(1, 0).u(1, 1).u(1, 1).se(128)),
            Arguments.of("SPS: log2_max_frame_num_minus4 13; allowed are 0 to 12", begun(66).ue(13)),
            Arguments.of("SPS: pic_order_cnt_type 3; allowed are 0 to 2", begun(66).ues(0, 3)),
            Arguments.of("SPS: log2_max_pic_order_cnt_lsb_minus4 13; allowed are 0 to 12", begun(66).ues(0, 0, 13)),
            Arguments.of("SPS: num_ref_frames_in_pic_order_cnt_cycle 256; allowed are 0 to 255",
                begun(66).ues(0, 1).u(1, 0).se(0).se(0).ue(256)),
            Arguments.of("SPS: max_num_ref_frames 17; allowed are 0 to 16", begun(66).ues(0, 2, 17)),
            Arguments.of("SPS: pic_width_in_mbs_minus1 1055; allowed are 0 to 1054", begun(66).ues(0, 2, 1).u(1, 0).ue(1055)),
            Arguments.of("SPS: pic_height_in_map_units_minus1 1055; allowed are 0 to 1054", begun(66).ues(0, 2, 1).u(1, 0).ues(0, 1055)),
            Arguments.of("SPS: macroblocks of a frame 1113025; allowed are 1 to 139264",
                begun(66).ues(0, 2, 1).u(1, 0).ues(1054, 1054).u(1, 1)),
            Arguments.of("SPS: frame_crop_left/right_offset 8; allowed are 0 to 7",
                begun(66).ues(0, 2, 1).u(1, 0).ues(0, 0).u(3, 7).ues(4, 4)),
            Arguments.of("SPS: frame_crop_left/right_offset 8; allowed are 0 to 7",
                begun(66).ues(0, 2, 1).u(1, 0).ues(0, 0).u(3, 7).ues(8, 0)),
            Arguments.of("SPS: frame_crop_top/bottom_offset 8; allowed are 0 to 7",
                begun(66).ues(0, 2, 1).u(1, 0).ues(0, 0).u(3, 7).ues(0, 0, 7, 1)),
            Arguments.of("SPS: max_num_reorder_frames 17; allowed are 0 to 16",
                usability("0", "0", new BitWriter().u(1, 1).ues(0, 0, 0, 0, 17, 4))),
            Arguments.of("SPS: max_num_reorder_frames 5; allowed are 0 to 4",
                usability("0", "0", new BitWriter().u(1, 1).ues(0, 0, 0, 0, 5, 4))),
            Arguments.of("SPS: log2_max_frame_num_minus4 is no Exp-Golomb code; allowed are up to 31 leading zeros",
                begun(66).u(32, 0).u(32, 1)),
            Arguments.of("SPS: ends before level_idc", new BitWriter().u(16, 0x4200)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenSets")
    void aBrokenSetIsRefusedWithTheValueAndWhatIsAllowed(String message, BitWriter set) {
        byte[] payload = set.payload();
        byte[] unit = new byte[payload.length + 1];
        System.arraycopy(payload, 0, unit, 1, payload.length);
        assertThatThrownBy(() -> SequenceParameterSet.parse(MemorySegment.ofArray(unit)))
            .isInstanceOf(ParameterSetException.class).hasMessage(message);
    }

    @Test
    void anEmptyUnitAndAHeaderAloneEndTooEarly() {
        for (int length = 0; length <= 1; length++) {
            MemorySegment unit = MemorySegment.ofArray(new byte[length]);
            assertThatThrownBy(() -> SequenceParameterSet.parse(unit)).hasMessage("SPS: ends before profile_idc");
        }
    }

    /** Behind the last element is only the stop bit: a set without it is the same set. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sets")
    void everyTruncationIsRefusedOrTheSameSet(SetCase row) throws ParameterSetException {
        SequenceParameterSet whole = SequenceParameterSet.parse(row.sps());
        long length = row.sps().byteSize();
        for (long cut = 0; cut < length; cut++) {
            MemorySegment part = row.sps().asSlice(0, cut);
            if (cut < length - 1) {
                assertThatThrownBy(() -> SequenceParameterSet.parse(part)).isInstanceOf(ParameterSetException.class)
                    .hasMessageStartingWith("SPS: ends before ");
            } else {
                assertThat(Flips.read(part, SequenceParameterSet::parse)).satisfiesAnyOf(
                    read -> assertThat(read).isEmpty(), read -> assertThat(read).contains(whole));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sets")
    void everySingleWrongBitIsRefusedOrStaysWithinTheLimits(SetCase row) {
        int refused = 0;
        for (MemorySegment flipped : Flips.ofEveryBit(row.sps())) {
            Optional<SequenceParameterSet> read = Flips.read(flipped, SequenceParameterSet::parse);
            refused += read.isEmpty() ? 1 : 0;
            read.ifPresent(SequenceParameterSetTest::assertWithinLimits);
        }
        assertThat(refused).as("a reader that takes everything checks nothing").isPositive();
    }

    private static void assertWithinLimits(SequenceParameterSet set) {
        assertThat(set.id()).isBetween(0, 31);
        assertThat(set.width()).isBetween(1, 16_880);
        assertThat(set.height()).isBetween(1, 33_760);
        assertThat((long) set.width() * set.height()).isLessThanOrEqualTo(139_264L * 256);
        assertThat(set.frameNumberLength()).isBetween(4, 16);
        assertThat(set.text()).isNotBlank();
    }

    @Tag("RFC6184-8.1-02")
    @ParameterizedTest
    @CsvSource({"66,0,30,Baseline,3", "66,64,13,Constrained Baseline,1.3", "66,16,11,Baseline,1b", "77,0,11,Main,1.1", "88,0,9,Extended,1b",
        "100,8,42,Progressive High,4.2", "100,12,51,Constrained High,5.1", "100,16,11,High,1.1", "110,16,62,High 10 Intra,6.2",
        "122,0,41,High 4:2:2,4.1", "244,16,10,High 4:4:4 Intra,1", "44,0,20,CAVLC 4:4:4 Intra,2", "83,0,20,Scalable Baseline,2",
        "99,0,20,profile 99,2"})
    void profilesAndLevelsHaveTheirNames(int profile, int constraints, int level, String profileName, String levelName) {
        assertThat(Profile.name(profile, constraints)).isEqualTo(profileName);
        assertThat(Profile.level(profile, constraints, level)).isEqualTo(levelName);
    }
}
