package io.mcm.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {

    /** As ffmpeg writes it with -flags +global_header. */
    private static final String FFMPEG = """
        v=0
        o=- 0 0 IN IP4 127.0.0.1
        s=No Name
        c=IN IP4 127.0.0.1
        t=0 0
        a=tool:libavformat 61.7.100
        m=video 5004 RTP/AVP 96
        b=AS:200
        a=rtpmap:96 H264/90000
        a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA==; profile-level-id=42C00D
        """;
    private static final String SPS = "6742c00dda0507ec0440000003004000000c83c50aa8";
    private static final String PPS = "68ce0fc8";

    @TempDir
    private Path folder;

    private static SessionDescription withFormat(String parameters) throws SdpException {
        return SessionDescription.parse("v=0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 " + parameters + "\n");
    }

    private static List<String> sets(SessionDescription description) {
        return description.media().getFirst().parameterSets().stream()
            .map(unit -> HexFormat.of().formatHex(unit.toArray(ValueLayout.JAVA_BYTE))).toList();
    }

    @Tag("RFC6184-6.3-01") @Tag("RFC6184-8.1-01") @Tag("RFC6184-8.1-07") @Tag("RFC6184-8.1-08") @Tag("RFC6184-8.1-09")
    @Tag("RFC6184-8.1-16") @Tag("RFC6184-8.2.1-02") @Tag("RFC6184-8.2.1-03") @Tag("RFC6184-8.2.1-04") @Tag("RFC6184-8.2.1-05")
    @Tag("RFC6184-8.2.3-01") @Tag("RFC6184-5.4-06")
    @Test
    void ffmpegsDescriptionIsReadWithoutAWarning() throws SdpException {
        SessionDescription description = SessionDescription.parse(FFMPEG);
        assertThat(description.warnings()).isEmpty();
        H264Media media = description.media().getFirst();
        assertThat(media.address()).contains("127.0.0.1");
        assertThat(media.port()).isEqualTo(5004);
        assertThat(media.payloadType()).isEqualTo(96);
        assertThat(media.clockRate()).isEqualTo(90_000);
        assertThat(media.packetizationMode()).isEqualTo(1);
        assertThat(media.profileLevelId()).contains(0x42c00d);
        assertThat(sets(description)).containsExactly(SPS, PPS);
        assertThat(media.interleaving().depth()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n", " \n"})
    void everyEndOfLineIsTaken(String end) throws SdpException {
        SessionDescription description = SessionDescription.parse(FFMPEG.replace("\n", end));
        assertThat(description.warnings()).isEmpty();
        assertThat(sets(description)).containsExactly(SPS, PPS);
    }

    @Tag("RFC6184-6.4-01") @Tag("RFC6184-8.1-17") @Tag("RFC6184-8.1-22") @Tag("RFC6184-8.1-26") @Tag("RFC6184-8.1-30")
    @Tag("RFC6184-8.1-34") @Tag("RFC6184-8.2.3-01")
    @Test
    void interleavedModeHasItsParameters() throws SdpException {
        SessionDescription description = withFormat("packetization-mode=2; sprop-interleaving-depth=32767; sprop-deint-buf-req=4294967295;"
            + "sprop-init-buf-time=156320; sprop-max-don-diff=12; deint-buf-cap=64000");
        assertThat(description.media().getFirst().packetizationMode()).isEqualTo(2);
        assertThat(description.media().getFirst().interleaving()).isEqualTo(new H264Media.InterleavingParameters(
            Optional.of(32_767), Optional.of(0xffff_ffffL), Optional.of(156_320L), Optional.of(12), Optional.of(64_000L)));
        assertThat(description.warnings()).isEmpty();
        assertThat(withFormat("packetization-mode=2").warnings())
            .containsExactly("packetization-mode 2 without sprop-interleaving-depth, which RFC 6184 demands");
    }

    @Tag("RFC6184-6.2-01") @Tag("RFC6184-8.1-15") @Tag("RFC6184-8.2.1-01") @Tag("RFC6184-8.2.1-02")
    @Test
    void everySectionAndPayloadTypeCountsWithItsOwnConnectionLine() throws SdpException {
        SessionDescription description = SessionDescription.parse("""
            v=0
            c=IN IP4 10.0.0.1
            m=audio 5002 RTP/AVP 0 97
            a=rtpmap:97 opus/48000/2
            m=video 5004/2 RTP/AVP 96 98 99
            a=rtpmap:99 H264/90000
            a=fmtp:99 packetization-mode=0
            a=rtpmap:96 h264/90000
            a=rtpmap:98 VP8/90000
            m=video 0 RTP/AVP 96
            c=IN IP4 239.1.2.3/127
            a=rtpmap:96 H264/90000
            m=video 5008 RTP/AVP 26
            c=IN IP6 ff02::1/3
            """);
        assertThat(description.media()).extracting(media -> media.address().orElseThrow() + " " + media.port() + " " + media.payloadType()
            + " " + media.packetizationMode()).containsExactly("10.0.0.1 5004 99 0", "10.0.0.1 5004 96 0", "239.1.2.3 0 96 0");
        assertThat(description.warnings()).isEmpty();
    }

    @Tag("RFC6184-8.1-01") @Tag("RFC6184-8.1-09")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "trailing comma | sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA==, | sprop-parameter-sets has an empty part, like a comma too many",
        "comma in front | sprop-parameter-sets=,Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA== | sprop-parameter-sets has an empty part, like a comma too many",
        "no padding | sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA,aM4PyA== | sprop-parameter-sets has wrong base64 padding: 'Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA'",
        "padding of three | sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA=== | sprop-parameter-sets has wrong base64 padding: 'aM4PyA==='",
        "one digit over | sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyAAAA | sprop-parameter-sets has wrong base64 padding: 'aM4PyAAAA'",
        "start codes | sprop-parameter-sets=AAAAAWdCwA3aBQfsBEAAAAMAQAAADIPFCqgAAAABaM4PyA== | sprop-parameter-sets has start codes inside its base64",
        "short start code | sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,AAABaM4PyA== | sprop-parameter-sets has start codes inside its base64",
        "no base64 | sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA==,a!b* | sprop-parameter-sets has a part that is no base64, and is left out: 'a!b*'",
        "another unit | sprop-parameter-sets=BgUB,Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA== | sprop-parameter-sets has a NAL unit of type 6 (SEI), which is left out",
        "bad profile | profile-level-id=42C0; sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA== | profile-level-id '42C0' is not six hexadecimal digits, and is not looked at",
        "no value | foo;sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA== | fmtp parameter without a value: 'foo'",
        "twice | sprop-parameter-sets=xx;sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA== | fmtp has 'sprop-parameter-sets' twice; the last one counts",
    })
    void whatCamerasGetWrongIsTakenAndNamed(String name, String parameters, String warning) throws SdpException {
        SessionDescription description = withFormat(parameters);
        assertThat(sets(description)).hasSize(2).first().isEqualTo(SPS);
        assertThat(sets(description).getLast()).startsWith(PPS);
        assertThat(description.warnings()).containsExactly(warning);
    }

    @Test
    void spacesAndCaseDoNotMatter() throws SdpException {
        SessionDescription description = SessionDescription.parse("V=0\n m = video 5004 RTP/AVP 96\nA=RTPMAP:96 h264/90000\n"
            + "a=FMTP:96 Packetization-Mode = 1 ;SPROP-parameter-sets = Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA== , aM4PyA== ; ;\n");
        assertThat(sets(description)).containsExactly(SPS, PPS);
        assertThat(description.media().getFirst().packetizationMode()).isEqualTo(1);
        assertThat(description.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA== | a PPS", "aM4PyA== | an SPS", "'' | a parameter set"})
    void aMissingSetIsNamed(String value, String missing) throws SdpException {
        assertThat(withFormat("sprop-parameter-sets=" + value).warnings()).contains("sprop-parameter-sets without " + missing);
    }

    @Tag("RFC6184-8.2.1-03")
    @Test
    void otherOddLinesAreNamed() throws SdpException {
        SessionDescription description = SessionDescription.parse("hello\nc=IN IP4\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264\n"
            + "m=video 5006 RTP/AVP 97\na=rtpmap:97 H264/8000\n");
        assertThat(description.warnings()).containsExactly("line 1 is not of the form x=value: 'hello'", "c='IN IP4' has no address",
            "rtpmap of payload type 96 has no clock rate; taken is 90000", "clock rate 8000; RFC 6184 allows 90000 only",
            "there is no line v=0");
        assertThat(description.media()).extracting(H264Media::clockRate).containsExactly(90_000, 8_000);
    }

    @Tag("RFC6184-8.2.3-03")
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "hello world | no SDP: neither a line v=0 nor one that begins with m=",
        "v=0;m=video | m='video'; expected is MEDIA PORT PROTOCOL FORMAT, like video 5004 RTP/AVP 96",
        "v=0;m=video 65536 RTP/AVP 96 | port in m= '65536'; allowed are 0 to 65535",
        "v=0;m=video x RTP/AVP 96 | port in m= 'x'; allowed are 0 to 65535",
        "v=0;m=video 1 RTP/AVP 96;a=rtpmap:128 H264/90000 | payload type in rtpmap '128'; allowed are 0 to 127",
        "v=0;m=video 1 RTP/AVP 96;a=fmtp: | payload type in fmtp ''; allowed are 0 to 127",
        "v=0;m=video 1 RTP/AVP 96;a=rtpmap:96 H264/0 | clock rate in rtpmap '0'; allowed are 1 to 2147483647",
    })
    void whatCannotBeUsedIsRefusedWithTheValueAndWhatIsAllowed(String lines, String message) {
        assertThatThrownBy(() -> SessionDescription.parse(lines.replace(';', '\n'))).isInstanceOf(SdpException.class).hasMessage(message);
    }

    @Tag("RFC6184-8.1-18") @Tag("RFC6184-8.1-22") @Tag("RFC6184-8.1-26") @Tag("RFC6184-8.1-30") @Tag("RFC6184-8.1-34")
    @Tag("RFC6184-8.2.3-03")
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "packetization-mode=3 | fmtp packetization-mode '3'; allowed are 0 to 2",
        "packetization-mode=-1 | fmtp packetization-mode '-1'; allowed are 0 to 2",
        "packetization-mode= | fmtp packetization-mode ''; allowed are 0 to 2",
        "sprop-interleaving-depth=32768 | fmtp sprop-interleaving-depth '32768'; allowed are 0 to 32767",
        "sprop-deint-buf-req=4294967296 | fmtp sprop-deint-buf-req '4294967296'; allowed are 0 to 4294967295",
        "sprop-init-buf-time=4294967296 | fmtp sprop-init-buf-time '4294967296'; allowed are 0 to 4294967295",
        "sprop-max-don-diff=99999999999999999999 | fmtp sprop-max-don-diff '99999999999999999999'; allowed are 0 to 32767",
    })
    void numbersAreHeldToTheirRange(String parameter, String message) {
        assertThatThrownBy(() -> withFormat(parameter)).isInstanceOf(SdpException.class).hasMessage(message);
    }

    @Tag("RFC6184-8.2-01") @Tag("RFC6184-8.2.3-02")
    @Test
    void parametersThatAreUnknownOrOfReceiversAreIgnored() throws SdpException {
        SessionDescription description = withFormat("x-new=7; packetization-mode=1; max-fs=3600; sar-supported=13; level-asymmetry-allowed=1");
        assertThat(description.warnings()).isEmpty();
        assertThat(description.media().getFirst()).isEqualTo(withFormat("packetization-mode=1").media().getFirst());
    }

    @Test
    void sizeIsLimited() {
        assertThatThrownBy(() -> SessionDescription.parse("v=0\n".repeat(70_000))).hasMessage("SDP of 280000 characters; allowed are 262144");
        assertThatThrownBy(() -> SessionDescription.parse("m=video 1 RTP/AVP 96\n".repeat(65))).hasMessage("more than 64 media sections");
    }

    @Test
    void warningsAreLimitedAndShowNoControlCharacters() throws SdpException {
        StringBuilder text = new StringBuilder("v=0\n");
        for (int i = 0; i < 100; i++) {
            text.append("odd\u001b ").append(i).append('\n');
        }
        assertThat(SessionDescription.parse(text.toString()).warnings()).hasSize(32)
            .first().isEqualTo("line 2 is not of the form x=value: 'odd? 0'");
    }

    @Test
    void aFileIsReadWithAByteOrderMarkToo() throws IOException, SdpException {
        Path file = Files.writeString(folder.resolve("camera.sdp"), "\ufeff" + FFMPEG, StandardCharsets.UTF_8);
        SessionDescription description = SessionDescription.read(file);
        assertThat(sets(description)).containsExactly(SPS, PPS);
        assertThat(description.warnings()).isEmpty();
    }

    @Provide
    static Arbitrary<String> damaged() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, FFMPEG.length() - 1);
        Arbitrary<String> pieces = Arbitraries.of("", "=", ",", ";", " ", ":", "/", "\n", "m=", "a=fmtp:96 ", "99999999999", "\0", "==", "é");
        return Arbitraries.integers().between(1, 5).flatMap(edits -> places.list().ofSize(edits).flatMap(at -> pieces.list().ofSize(edits)
            .map(with -> edited(at, with))));
    }

    private static String edited(List<Integer> places, List<String> pieces) {
        StringBuilder text = new StringBuilder(FFMPEG);
        for (int i = 0; i < places.size(); i++) {
            int at = Math.min(places.get(i), text.length() - 1);
            text.replace(at, at + 1, pieces.get(i));
        }
        return text.toString();
    }

    @Property(tries = 1_000)
    void ofAnyDamageThereIsTheDeclaredExceptionOrADescription(@ForAll("damaged") String text) {
        try {
            for (H264Media media : SessionDescription.parse(text).media()) {
                assertThat(media.payloadType()).isBetween(0, 127);
                assertThat(media.port()).isBetween(0, 65_535);
                assertThat(media.parameterSets()).allSatisfy(unit -> assertThat(unit.byteSize()).isPositive());
            }
        } catch (SdpException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
