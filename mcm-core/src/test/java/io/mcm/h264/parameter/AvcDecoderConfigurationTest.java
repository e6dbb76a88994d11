package io.mcm.h264.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AvcDecoderConfigurationTest {

    static Stream<SetCase> sets() {
        return SetCase.all();
    }

    private static ParameterSets known(MemorySegment... units) {
        ParameterSets sets = new ParameterSets();
        Arrays.stream(units).forEach(sets::accept);
        return sets;
    }

    /** avcC of {@code ffmpeg -i NAME.h264 -c copy NAME.mp4}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "main, 014d401effe10017674d401eeca0501ed80880000003008000001e078b16cb01000568ebe3cb20",
        "high422, 017a001effe10019677a001ebcd940b4126c0440000003004000000c83c58b658001000668ebe3cb22c0fef8f800",
    })
    void isByteForByteThatOfFfmpeg(String name, String expected) throws ParameterSetException {
        SetCase row = SetCase.all().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        assertThat(HexFormat.of().formatHex(AvcDecoderConfiguration.of(known(row.sps(), row.pps())).bytes())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sets")
    void whatIsWrittenIsRead(SetCase row) throws ParameterSetException {
        AvcDecoderConfiguration made = AvcDecoderConfiguration.of(known(row.sps(), row.pps()));
        AvcDecoderConfiguration read = AvcDecoderConfiguration.read(made.bytes());
        assertThat(read.bytes()).isEqualTo(made.bytes());
        assertThat(read.level()).isEqualTo(row.level());
        assertThat(read.sizeLength()).isEqualTo(4);
        assertThat(read.format()).isEqualTo(made.format());
        assertThat(read.sequenceSets().getFirst().mismatch(row.sps())).isEqualTo(-1);
        assertThat(read.pictureSets().getFirst().mismatch(row.pps())).isEqualTo(-1);
        read.format().ifPresent(format -> assertThat(format.lumaDepth()).isEqualTo(row.pixels().contains("p10") ? 10 : 8));
    }

    @Test
    void ofSeveralSetsTheHighestLevelAndTheCommonConstraintsStand() throws ParameterSetException {
        SetCase constrained = SetCase.all().filter(row -> row.name().equals("baseline")).findFirst().orElseThrow();
        SetCase other = SetCase.all().filter(row -> row.name().equals("spsid")).findFirst().orElseThrow();
        AvcDecoderConfiguration made = AvcDecoderConfiguration.of(known(other.pps(), other.sps(), constrained.sps()));
        assertThat(made.level()).isEqualTo(30);
        assertThat(made.constraints()).isEqualTo(0xc0);
        assertThat(made.sequenceSets()).hasSize(2);
        assertThat(made.sequenceSets().getFirst().mismatch(constrained.sps())).isEqualTo(-1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        SetCase row = SetCase.all().findFirst().orElseThrow();
        assertThatThrownBy(() -> AvcDecoderConfiguration.of(known())).hasMessage("avcC: 0 sequence parameter sets; allowed are 1 to 31");
        assertThatThrownBy(() -> AvcDecoderConfiguration.of(known(row.sps())))
            .hasMessage("avcC: 0 picture parameter sets; allowed are 1 to 255");
        ParameterSets many = known(row.sps());
        for (int id = 0; id < 256; id++) {
            many.accept(new BitWriter().ues(id, 0).unit(0x68));
        }
        assertThatThrownBy(() -> AvcDecoderConfiguration.of(many)).hasMessage("avcC: 256 picture parameter sets; allowed are 1 to 255");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "02                      | avcC: version 2; allowed is 1",
        "014d401efee1            | avcC: sizes of 3 bytes; allowed are 1, 2 and 4",
        "014d401effe10000        | avcC: a parameter set of 0 bytes at 8; allowed are 1 to 0",
        "014d401effe1000367      | avcC: a parameter set of 3 bytes at 8; allowed are 1 to 1",
        "014d401eff              | avcC: ends after 5 bytes",
    })
    void aBrokenRecordIsRefusedWithTheValueAndWhatIsAllowed(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> AvcDecoderConfiguration.read(bytes)).isInstanceOf(ParameterSetException.class).hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sets")
    void everyTruncationIsRefusedOrLacksTheFormatOnly(SetCase row) throws ParameterSetException {
        AvcDecoderConfiguration made = AvcDecoderConfiguration.of(known(row.sps(), row.pps()));
        byte[] whole = made.bytes();
        int withoutFormat = whole.length - (made.format().isPresent() ? 4 : 0);
        for (int cut = 0; cut < whole.length; cut++) {
            byte[] part = Arrays.copyOf(whole, cut);
            if (cut == withoutFormat || cut == whole.length - 1 && made.format().isPresent()) {
                assertThat(AvcDecoderConfiguration.read(part).pictureSets()).hasSize(1);
            } else {
                assertThatThrownBy(() -> AvcDecoderConfiguration.read(part)).isInstanceOf(ParameterSetException.class);
            }
        }
    }
}
