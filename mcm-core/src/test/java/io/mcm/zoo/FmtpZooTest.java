package io.mcm.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.sdp.SdpException;
import io.mcm.sdp.SessionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameter sets that real devices write into session descriptions, right or wrong. */
class FmtpZooTest {

    /** One block of the file. */
    record Description(List<String> lines) {

        List<String> all(String key) {
            return lines.stream().filter(line -> line.startsWith(key + " ")).map(line -> line.substring(key.length()).strip()).toList();
        }

        @Override
        public String toString() {
            return all("thread").getFirst();
        }
    }

    static Stream<Description> descriptions() throws URISyntaxException {
        try {
            String text = Files.readString(Path.of(FmtpZooTest.class.getResource("fmtp.txt").toURI()));
            return Arrays.stream(text.split("\n\n")).skip(1).map(block -> new Description(block.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void itsSetsAreFoundAndWhatIsWrongIsNamed(Description camera) throws SdpException {
        SessionDescription found = SessionDescription.parse(
            "v=0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 " + camera.all("fmtp").getFirst() + "\n");
        assertThat(found.media().getFirst().parameterSets())
            .extracting(set -> HexFormat.of().formatHex(set.toArray(ValueLayout.JAVA_BYTE))).isEqualTo(camera.all("set"));
        assertThat(found.warnings()).isEqualTo(camera.all("warning"));
        assertThat(camera.all("thread")).hasSize(1).allMatch(thread -> thread.startsWith("https://github.com/"));
    }
}
