package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.h264.parameter.AvcDecoderConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import picocli.CommandLine;

class DepacketizeTest {

    private static final Path PCAPS = Path.of("..", "pcaps");

    @TempDir
    private Path folder;
    private final StringWriter errors = new StringWriter();

    private int depacketize(Path capture, Object... more) {
        CommandLine line = Mcm.commandLine();
        line.setErr(new PrintWriter(errors));
        line.getSubcommands().get("depacketize").setErr(new PrintWriter(errors));
        String[] args = new String[4 + more.length];
        args[0] = "depacketize";
        args[1] = capture.toString();
        args[2] = "--out";
        args[3] = folder.resolve("out.h264").toString();
        for (int i = 0; i < more.length; i++) {
            args[4 + i] = more[i].toString();
        }
        return line.execute(args);
    }

    private static String md5(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(files = "../pcaps/manifest.csv", numLinesToSkip = 1)
    void everyCaptureGivesTheNalUnitsAndFiguresOfItsManifest(String file, String what, String how, long packets, long lost,
            long duplicated, long reordered, long nalUnits, long accessUnits, String md5) throws Exception {
        Path json = folder.resolve("counted.json");
        assertThat(depacketize(PCAPS.resolve(file), "--json", json)).isEqualTo(ExitCode.GOOD);
        assertThat(md5(folder.resolve("out.h264"))).isEqualTo(md5);
        JsonNode counted = new ObjectMapper().readTree(json.toFile());
        assertThat(counted.get("packets").asLong()).isEqualTo(packets);
        assertThat(counted.get("lost").asLong()).isEqualTo(lost);
        assertThat(counted.get("duplicated").asLong()).isEqualTo(duplicated);
        assertThat(counted.get("reordered").asLong()).isEqualTo(reordered);
        assertThat(counted.get("nal_units").asLong()).isEqualTo(nalUnits);
        assertThat(counted.get("access_units").asLong()).isEqualTo(accessUnits);
        assertThat(counted.get("dropped").get("fu_lost").asLong() > 0).isEqualTo(lost > 0);
    }

    /** The parameter sets are not those of the captures, so that they can be told from them. */
    private static final String SDP = "v=0\nm=video 22000 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
        + "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LADdoFB+wEQAAAAwBAAAAMg8UKqA==,aM4PyA==,\n";

    private static List<String> units(byte[] stream) {
        List<String> found = new ArrayList<>();
        int start = 4;
        for (int at = 4; at <= stream.length; at++) {
            if (at == stream.length || at + 4 <= stream.length && ByteBuffer.wrap(stream).getInt(at) == 1) {
                found.add(HexFormat.of().formatHex(stream, start, at));
                start = at + 4;
            }
        }
        return found;
    }

    private String hexOfOutput() throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("out.h264")));
    }

    @Test
    void theDescribedParameterSetsStandBeforeTheFirstUnitAndNothingElseChanges() throws IOException {
        Path capture = PCAPS.resolve("veth_ff_main_1280x720_2M.pcap");
        assertThat(depacketize(capture)).isEqualTo(ExitCode.GOOD);
        String without = hexOfOutput();
        Path sdp = Files.writeString(folder.resolve("camera.sdp"), SDP);
        assertThat(depacketize(capture, "--sdp", sdp)).isEqualTo(ExitCode.GOOD);
        assertThat(hexOfOutput()).isEqualTo("00000001" + "6742c00dda0507ec0440000003004000000c83c50aa8" + "00000001" + "68ce0fc8" + without);
        assertThat(errors.toString()).contains("camera.sdp: sprop-parameter-sets has an empty part");
    }

    @Test
    void aDescriptionThatDoesNotFitIsRefused() throws IOException {
        Path capture = PCAPS.resolve("veth_ff_main_1280x720_2M.pcap");
        Path sdp = Files.writeString(folder.resolve("camera.sdp"), SDP.replace("96", "97"));
        assertThat(depacketize(capture, "--sdp", sdp)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("no H.264 over RTP with payload type 97; there is: ");
        Files.writeString(sdp, "v=0\nm=audio 1 RTP/AVP 0\n");
        assertThat(depacketize(capture, "--sdp", sdp)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("camera.sdp: no H.264 in it; a line like a=rtpmap:96 H264/90000 is looked for");
        Files.writeString(sdp, SDP.replace("mode=1", "mode=7"));
        assertThat(depacketize(capture, "--sdp", sdp)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("camera.sdp: fmtp packetization-mode '7'; allowed are 0 to 2");
        assertThat(depacketize(capture, "--sdp", folder.resolve("none.sdp"))).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("none.sdp: no such file");
    }

    /** Of the same units each form is made by hand from the default one. */
    @Test
    void everyFormatHoldsTheSameUnits() throws Exception {
        Path capture = PCAPS.resolve("ff_high_bframes3_1280x720_2M.pcap");
        assertThat(depacketize(capture)).isEqualTo(ExitCode.GOOD);
        List<String> units = units(Files.readAllBytes(folder.resolve("out.h264")));
        assertThat(depacketize(capture, "--format", "annexb-3")).isEqualTo(ExitCode.GOOD);
        assertThat(hexOfOutput()).isEqualTo("000001" + String.join("000001", units));
        assertThat(depacketize(capture, "--format", "avc")).isEqualTo(ExitCode.GOOD);
        StringBuilder sized = new StringBuilder();
        for (String unit : units) {
            sized.append("%08x".formatted(unit.length() / 2)).append(unit);
        }
        assertThat(hexOfOutput()).isEqualTo(sized.toString());
        AvcDecoderConfiguration avcC = AvcDecoderConfiguration.read(Files.readAllBytes(folder.resolve("out.h264.avcC")));
        assertThat(avcC.profile()).isEqualTo(100);
        assertThat(HexFormat.of().formatHex(avcC.sequenceSets().getFirst().toArray(ValueLayout.JAVA_BYTE))).isEqualTo(units.get(0));
        assertThat(HexFormat.of().formatHex(avcC.pictureSets().getFirst().toArray(ValueLayout.JAVA_BYTE))).isEqualTo(units.get(1));
    }

    @Test
    void anUnknownFormatIsToldTheKnownOnes() {
        assertThat(depacketize(PCAPS.resolve("veth_ff_main_1280x720_2M.pcap"), "--format", "mp4")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--format mp4, allowed are annexb, annexb-3, avc");
    }

    @Test
    void aCutCaptureGivesWhatIsThereAndThenTheError() throws IOException {
        byte[] whole = Files.readAllBytes(PCAPS.resolve("veth_ff_main_1280x720_2M.pcap"));
        Path cut = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(whole, 100_000));
        assertThat(depacketize(cut)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("cut.pcap: cut in record 75").hasLineCount(1);
        assertThat(Files.size(folder.resolve("out.h264"))).isGreaterThan(50_000);
    }

    @Test
    void argumentMistakesAndMissingFilesAreToldInOneClearLine() {
        assertThat(depacketize(folder.resolve("none.pcap"))).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).endsWith("none.pcap: no such file" + System.lineSeparator());
        Path good = PCAPS.resolve("veth_ff_main_1280x720_2M.pcap");
        assertThat(depacketize(good, "--ssrc", "0xzz")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("SSRC '0xzz'; allowed are");
        assertThat(depacketize(good, "--port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("--port 70000; allowed are 1 to 65535");
        assertThat(depacketize(good, "--ssrc", "0xc2427815", "--port", "22000")).isEqualTo(ExitCode.GOOD);
        assertThat(depacketize(good, "--ssrc", Integer.toUnsignedString(0xc2427815))).isEqualTo(ExitCode.GOOD);
    }
}
