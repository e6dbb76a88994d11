package io.mcm.camera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.cli.ExitCode;
import io.mcm.cli.Mcm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PcapCommandTest {

    private static final Path PCAPS = Path.of("..", "pcaps");

    @TempDir
    private Path folder;

    private static String printed(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Mcm.commandLine().execute(args)).isEqualTo(ExitCode.GOOD);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "veth_ff_main_1280x720_2M.pcap          | SPS         High level 3.1, 1280x720, 25 fps",
        "ff_high_bframes3_1280x720_2M.pcap      | SPS         High level 3.1, 1280x720, 25 fps",
        "gst_openh264_dynslice1300_640x480.pcap | SPS         Constrained Baseline level 3, 640x480",
        "gst_x264_hdrext1byte-ntp64_640x480.pcap| SPS         Constrained Baseline level 3, 640x480, 25 fps",
    })
    void showsWhatTheStreamSaysOfItsPictures(String file, String line) {
        assertThat(printed("pcap", PCAPS.resolve(file).toString())).contains(line);
    }

    @Test
    void theSameAsJson() throws IOException {
        Path json = folder.resolve("report.json");
        assertThat(printed("pcap", PCAPS.resolve("veth_ff_main_1280x720_2M.pcap").toString(), "--json", json.toString()))
            .contains("105 in 50 access units");
        JsonNode stream = new ObjectMapper().readTree(json.toFile()).get("streams").get(0);
        assertThat(stream.get("packets").asLong()).isEqualTo(399);
        assertThat(stream.get("nal_units").asLong()).isEqualTo(105);
        assertThat(stream.get("nal_unit_types").get("IDR slice").asLong()).isEqualTo(4);
        JsonNode sps = stream.get("sps").get(0);
        assertThat(sps.get("profile").asText()).isEqualTo("High");
        assertThat(sps.get("level").asText()).isEqualTo("3.1");
        assertThat(sps.get("width").asInt()).isEqualTo(1280);
        assertThat(sps.get("height").asInt()).isEqualTo(720);
        assertThat(sps.get("frame_rate").asDouble()).isEqualTo(25);
        assertThat(stream.get("sps")).hasSize(1);
    }

    @Test
    void jsonOnStandardOutputStandsAlone() throws IOException {
        String out = printed("pcap", PCAPS.resolve("vlan100_tcprewrite.pcap").toString(), "--json", "-");
        assertThat(new ObjectMapper().readTree(out).get("streams")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        pcap                                                               | 2 | Missing required parameter: 'FILE'
        pcap PCAP --png none/x.png                                         | 3 | cannot write none/x.png: no such file
        pcap PCAP --png x.png --stream 5                                   | 3 | no H.264 over RTP to port 5
        pcap PCAP --png x.png --stream 0xfffffffff                         | 2 | --stream: SSRC '0xfffffffff'; allowed are
        pcap record --interface lo --port 0 --out x.pcapng                 | 2 | --port 0, allowed are 1 to 65535
        pcap record --interface lo --port 5004 --out x --packets -1        | 2 | --packets -1; allowed are
        pcap record --interface lo --port 5004 --out none/x.pcapng         | 3 | cannot write none/x.pcapng: no such file
        """)
    void mistakesAreToldWithTheValueAndWhatIsAllowed(String args, int exitCode, String message) {
        StringWriter errors = new StringWriter();
        CommandLine line = Mcm.commandLine();
        line.setErr(new PrintWriter(errors));
        String capture = PCAPS.resolve("veth_ff_main_1280x720_2M.pcap").toString();
        assertThat(line.execute(args.replace("PCAP", capture).split(" +"))).isEqualTo(exitCode);
        assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void aPictureIsWrittenBesideTheText() {
        Path png = folder.resolve("stream.png");
        assertThat(printed("pcap", PCAPS.resolve("veth_ff_main_1280x720_2M.pcap").toString(), "--png", png.toString())).contains("105 in 50");
        assertThat(png).exists();
    }
}
