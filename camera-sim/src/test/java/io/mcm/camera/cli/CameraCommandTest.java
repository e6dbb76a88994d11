package io.mcm.camera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.camera.RecordingSink;
import io.mcm.camera.source.CaptureSource;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.cli.ExitCode;
import io.mcm.cli.Mcm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CameraCommandTest {

    private static final Path DEMO = Path.of("..", "pcaps", "veth_ff_main_1280x720_2M.pcap");
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int SILENCE_MILLIS = 300;

    @TempDir
    private Path folder;
    private final StringWriter errors = new StringWriter();

    private int mcm(String... args) {
        CommandLine line = Mcm.commandLine();
        line.setErr(new PrintWriter(errors));
        line.getSubcommands().values().forEach(command -> command.setErr(new PrintWriter(errors)));
        return line.execute(args);
    }

    private static List<byte[]> drain(DatagramSocket socket) throws IOException {
        List<byte[]> got = new ArrayList<>();
        socket.setSoTimeout(SILENCE_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            while (true) {
                socket.receive(packet);
                got.add(Arrays.copyOf(packet.getData(), packet.getLength()));
            }
        } catch (SocketTimeoutException _) {
            return got;
        }
    }

    private static List<byte[]> packetsOf(Path capture) throws IOException {
        RecordingSink sink = new RecordingSink();
        new CaptureSource(capture, StreamSelection.of(RtpStreams.scan(capture), OptionalInt.empty(), OptionalInt.empty()), 1).play(sink);
        return sink.of(0).packets;
    }

    @Test
    void whatArrivesIsTheCapturesPacketsInTheCapturesTimeAndTheTraceNamesEach() throws IOException {
        Path json = folder.resolve("camera.json");
        Path trace = folder.resolve("trace.csv");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            assertThat(mcm("camera", "--to", "127.0.0.1:" + socket.getLocalPort(), "--pcap", DEMO.toString(), "--speed", "2",
                "--json", json.toString(), "--trace", trace.toString())).isEqualTo(ExitCode.GOOD);
            List<byte[]> got = drain(socket);
            List<byte[]> sent = packetsOf(DEMO);
            assertThat(got).hasSameSizeAs(sent);
            for (int i = 0; i < sent.size(); i++) {
                assertThat(got.get(i)).isEqualTo(sent.get(i));
            }
        }
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("packets").asInt()).isEqualTo(399);
        assertThat(report.get("refused").asInt()).isZero();
        assertThat(report.get("seconds").asDouble()).as("1.885 s at twice the speed").isBetween(0.942, 1.8);
        assertThat(report.get("lateness_us").get("p99").asDouble()).isPositive();
        List<String> lines = Files.readAllLines(trace);
        assertThat(lines).hasSize(400);
        long first = Long.parseLong(lines.get(1).split(",")[2]);
        long last = Long.parseLong(lines.get(399).split(",")[2]);
        assertThat((last - first) / 1e9).as("intended times are the schedule's").isBetween(0.942, 0.943);
    }

    @Test
    void aReceiverThatIsNotThereDoesNotEndTheCamera() throws IOException {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path json = folder.resolve("camera.json");
        assertThat(mcm("camera", "--to", "127.0.0.1:" + port, "--pcap", DEMO.toString(), "--speed", "max", "--json", json.toString()))
            .isEqualTo(ExitCode.GOOD);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("packets").asInt()).isEqualTo(399);
        assertThat(report.get("refused").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --to 127.0.0.1:9 --pcap none.pcap                          | 3 | none.pcap: no such file
        --to nobody.invalid:9 --pcap PCAP                          | 3 | unknown host nobody.invalid
        --to 127.0.0.1:9 --pcap PCAP --stream 5                    | 3 | no H.264 over RTP to port 5
        --to 127.0.0.1:9 --h264 PCAP/none                          | 3 | none: cannot be opened
        --to 127.0.0.1:0 --pcap PCAP                               | 2 | --to 0, allowed are 1 to 65535
        --to 127.0.0.1 --pcap PCAP                                 | 2 | expected HOST:PORT
        --to 127.0.0.1:9                                           | 2 | (--pcap=FILE | --h264=FILE)
        --to 127.0.0.1:9 --synthetic 640x480                       | 2 | expected WIDTHxHEIGHT@FPS
        --to 127.0.0.1:9 --pcap PCAP --jitter 5:flat               | 2 | --jitter '5:flat': distribution 'flat'; allowed are uniform, normal
        --to 127.0.0.1:9 --pcap PCAP --jitter-keeps-order          | 2 | --jitter-keeps-order needs --jitter
        --to 127.0.0.1:9 --pcap PCAP --burst-loss 5                | 2 | --burst-loss '5': allowed is P:LENGTH
        --to 127.0.0.1:9 --pcap PCAP --stall 2s                    | 2 | --stall '2s'; allowed is AT:FOR, like 2s:500ms
        --to 127.0.0.1:9 --pcap PCAP --restart 2                   | 2 | --restart: '2' is no time; allowed are numbers with a unit
        --to 127.0.0.1:9 --pcap PCAP --restart 2s:3                | 2 | --restart '3': no value is allowed
        --to 127.0.0.1:9 --pcap PCAP --scenario none.yaml          | 3 | none.yaml: cannot be read: no such file
        --to 127.0.0.1:9 --pcap PCAP --truth none/t.jsonl          | 3 | cannot write none/t.jsonl: no such file
        --to 127.0.0.1:9 --pcap PCAP --speed 0                     | 2 | --speed: '0'; allowed are 0.001 to 1000.0, or max
        --to 127.0.0.1:9 --pcap PCAP --loop -1                     | 2 | --loop -1; allowed are 0
        --to 127.0.0.1:9 --pcap PCAP --loss 101                    | 2 | --loss '101': 101; allowed are 0 to 100 percent
        --to 127.0.0.1:9 --pcap PCAP --stream 0xfffffffff          | 2 | SSRC '0xfffffffff'; allowed are
        --to 127.0.0.1:9 --h264 PCAP --fps 0                       | 2 | --fps 0.0; allowed are
        --to 127.0.0.1:9 --synthetic 640x480@0                     | 2 | frame rate 0/1; allowed are 0.01 to 1000
        --to 127.0.0.1:9 --synthetic 641x480@25                    | 2 | picture size 641x480; allowed are even numbers
        --to 127.0.0.1:9 --synthetic 640x480@25 --slices 31        | 2 | 31 slices; a picture of 640x480 allows 1 to its 30 rows
        --to 127.0.0.1:9 --synthetic 640x480@25 --bitrate 4        | 2 | --bitrate '4'; allowed are 1000 to
        --to 127.0.0.1:9 --synthetic 640x480@25 --bitrate 700M     | 2 | have room for up to
        --to 127.0.0.1:9 --synthetic 640x480@25 --parameter-sets x | 2 | --parameter-sets 'x'; allowed are once, idr, out-of-band
        --to 127.0.0.1:9 --synthetic 640x480@25 --change-resolution 320x240 | 2 | expected WIDTHxHEIGHT@FRAME
        --to 127.0.0.1:9 --synthetic 640x480@25 --profile nobody   | 2 | profile 'nobody'; there are ffmpeg, gstreamer
        --to 127.0.0.1:9 --synthetic 640x480@25 --packetization-mode 3 | 2 | packetization mode 3; allowed are 0, 1 and 2
        --to 127.0.0.1:9 --synthetic 640x480@25 --mtu 14           | 2 | packet length of 14 bytes; allowed are 15 to 65507
        --to 127.0.0.1:9 --synthetic 640x480@25 --packetization-mode 2 --mtu 15 | 2 | packets of 15 bytes; mode 2 needs 17 and more
        --to 127.0.0.1:9 --synthetic 640x480@25 --aggregate some   | 2 | --aggregate 'some'; allowed are none, parameter-sets, zero-latency, max
        --to 127.0.0.1:9 --synthetic 640x480@25 --marker some      | 2 | --marker 'some'; allowed are au, slice, unit, parameter-sets, never
        --to 127.0.0.1:9 --synthetic 640x480@25 --ssrc x           | 2 | --ssrc 'x'; expected a number
        --to 127.0.0.1:9 --synthetic 640x480@25 --first-sequence 65536 | 2 | --first-sequence 65536; allowed are 0 to 65535
        --to 127.0.0.1:9 --synthetic 640x480@25 --header-extension x | 2 | 'x'; expected one-byte:ID=VALUE
        --to 127.0.0.1:9 --synthetic 640x480@25 --interleaving-depth -1 | 2 | --interleaving-depth -1; allowed are 0 to
        --to 127.0.0.1:9 --synthetic 640x480@25 --sdp none/x.sdp   | 3 | cannot write none/x.sdp: no such
        --to 127.0.0.1:9 --nalu-plan none.plan                     | 3 | none.plan: no such file
        --to 127.0.0.1:9 --nalu-plan PCAP                          | 3 | cannot be read
        --synthetic 640x480@25                                     | 2 | Missing required option: --to=<HOST:PORT>, or --rtsp
        --to 127.0.0.1:9 --pcap PCAP --sdp x.sdp                   | 2 | --sdp is for --h264, --synthetic and --nalu-plan; of a capture's packets --ssrc
        --to 127.0.0.1:9 --pcap PCAP --gop 9                       | 2 | the other options of pictures are for --synthetic
        --to 127.0.0.1:9 --h264 PCAP --stream 5                    | 2 | --damaged and --to STREAM= are for --pcap
        --pcap PCAP                                                | 2 | Missing required option: --to=
        --to 127.0.0.1:9 --to 127.0.0.1:11 --pcap PCAP             | 2 | several need the SSRC or port of a stream before each
        --to 9=127.0.0.1:9 --pcap PCAP                             | 3 | no H.264 over RTP to port 9
        --to 22000=127.0.0.1:9 --stream all --pcap PCAP            | 2 | one of them names the stream
        --to 127.0.0.1:9 --pcap PCAP --start -1                    | 2 | --start -1.0; allowed are seconds from 0 to
        --to 127.0.0.1:9 --pcap PCAP --duration 0                  | 2 | --duration 0.0; allowed are seconds above 0 to
        --to 127.0.0.1:9 --pcap PCAP --payload-type 72             | 2 | --payload-type 72; allowed are 0 to 63 and 96 to 127
        --to 127.0.0.1:9 --pcap PCAP --ssrc x                      | 2 | --ssrc 'x'; expected a number
        --to 127.0.0.1:9 --pcap PCAP --shape round                 | 2 | expected one of [FRAME, SMOOTH, CAPTURE] (case-insensitive) but was 'round'
        --to 127.0.0.1:9 --pcap PCAP --damaged no                  | 2 | expected one of [SKIP, END] (case-insensitive) but was 'no'
        --to 127.0.0.1:9 --pcap PCAP --ttl 256                     | 2 | --ttl 256; allowed are 1 to 255
        --to 127.0.0.1:9 --pcap PCAP --cameras 0                   | 2 | --cameras 0; allowed are 1 to 10000
        --to 127.0.0.1:65000 --pcap PCAP --cameras 1000            | 3 | ports on; the last port is 65535
        --to 127.0.0.1:9 --pcap PCAP --cameras 2 --speed max       | 2 | --speed max; a fleet has moments to keep
        --to 127.0.0.1:9 --pcap PCAP --cameras 2 --trace -         | 2 | are of one camera, not of a fleet
        --fleet none.yaml                                          | 3 | none.yaml: cannot be read: no such file
        --fleet PCAP                                               | 3 | no YAML
        --to 127.0.0.1:9 --pcap PCAP --interface none0             | 2 | --interface none0; there are
        """)
    void mistakesAreToldWithTheValueAndWhatIsAllowed(String args, int exitCode, String message) {
        assertThat(mcm(("camera " + args.replace("PCAP", DEMO.toString())).split(" +"))).isEqualTo(exitCode);
        assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void aSyntheticStreamTellsWhatItSentAndItsSeedMakesItTheSame() throws IOException {
        Path json = folder.resolve("camera.json");
        Path sdp = folder.resolve("camera.sdp");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            List<List<byte[]>> runs = new ArrayList<>();
            for (String seed : List.of("--seed=5", "--seed=5", "--loop=1")) {
                assertThat(mcm("camera", "--to", "127.0.0.1:" + socket.getLocalPort(), "--synthetic", "320x240@25", "--frames", "20", "--speed",
                    "max", "--json", json.toString(), "--sdp", sdp.toString(), "--profile", "bosch-flexidome", "--mtu", "600", seed))
                    .isEqualTo(ExitCode.GOOD);
                runs.add(drain(socket));
            }
            assertThat(runs.get(0)).hasSizeGreaterThan(20).allMatch(packet -> packet.length <= 600 && (packet[1] & 0x7f) == 35);
            assertThat(runs.get(1)).hasSameSizeAs(runs.get(0));
            byte[] first = runs.get(0).getFirst();
            assertThat(Arrays.copyOf(runs.get(1).getFirst(), 12)).as("header of the same seed").isEqualTo(Arrays.copyOf(first, 12));
            assertThat(Arrays.copyOfRange(runs.get(2).getFirst(), 8, 12)).as("SSRC by chance").isNotEqualTo(Arrays.copyOfRange(first, 8, 12));
            JsonNode stream = new ObjectMapper().readTree(json.toFile()).get("stream");
            assertThat(stream.get("payload_type").asInt()).isEqualTo(35);
            assertThat((int) stream.get("ssrc").asLong())
                .isEqualTo(java.nio.ByteBuffer.wrap(runs.get(2).getFirst()).getInt(8));
        }
        assertThat(sdp).content().contains("a=rtpmap:35 H264/90000").contains("sprop-parameter-sets=");
    }

    @Test
    void aPlanIsSentFromTheCommandLine() throws IOException {
        Path plan = Files.writeString(folder.resolve("two.plan"), "access-unit\nunit hex:65aabb\naccess-unit wait=1\npayload hex:41cc\n");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(mcm("camera", "--to", "127.0.0.1:" + socket.getLocalPort(), "--nalu-plan", plan.toString(), "--loop", "2"))
                .isEqualTo(ExitCode.GOOD);
            assertThat(drain(socket).stream().map(packet -> java.util.HexFormat.of().formatHex(packet, 12, packet.length)))
                .containsExactly("65aabb", "41cc", "65aabb", "41cc");
        }
        Files.writeString(plan, "access-unit\nslice size=none\n");
        assertThat(mcm("camera", "--to", "127.0.0.1:9", "--nalu-plan", plan.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(errors.toString()).contains("two.plan:2: size='none'; expected a number");
    }

    @Test
    void aFleetIsPlayedByOneProcessEachCameraWithItsOwnPortAndSource() throws IOException {
        Path json = folder.resolve("fleet.json");
        try (DatagramSocket first = new DatagramSocket(0, InetAddress.getLoopbackAddress());
             DatagramSocket second = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            first.setReceiveBufferSize(RECEIVE_BUFFER);
            second.setReceiveBufferSize(RECEIVE_BUFFER);
            Path file = Files.writeString(folder.resolve("fleet.yaml"), """
                cameras:
                  - pcap: %s
                    to: 127.0.0.1:%d
                    speed: 4
                    ssrc: 0x10
                  - pcap: %s
                    to: ["127.0.0.1:%d"]
                    speed: 8
                    loop: 2
                    cameras: 2
                    port-step: 0
                    ssrc: 0x20
                    shape: frame
                """.formatted(DEMO, first.getLocalPort(), DEMO, second.getLocalPort()));
            assertThat(mcm("camera", "--fleet", file.toString(), "--json", json.toString())).as("%s", errors).isEqualTo(ExitCode.GOOD);
            assertThat(drain(first)).hasSize(399).allSatisfy(packet -> assertThat(packet[11]).isEqualTo((byte) 0x10));
            List<byte[]> both = drain(second);
            assertThat(both).hasSize(2 * 2 * 399);
            assertThat(both.stream().filter(packet -> packet[11] == 0x20)).hasSize(2 * 399);
            assertThat(both.stream().filter(packet -> packet[11] == 0x21)).hasSize(2 * 399);
        }
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("packets").asInt()).isEqualTo(5 * 399);
        assertThat(report.get("cameras")).hasSize(3);
        assertThat(report.get("cameras").get(2).get("packets").asInt()).isEqualTo(2 * 399);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cameras: []|expected a list named cameras",
        "cameras: [3]|camera 1 is 3; expected options",
        "cameras: [{pcap: none.pcap, to: '127.0.0.1:9'}]|camera 1: none.pcap: no such file",
        "cameras: [{pcap: PCAP, to: '127.0.0.1:9', colour: red}]|camera 1: Unknown option: '--colour=red'",
        "cameras: [{pcap: PCAP}]|camera 1: Missing required option: --to"})
    void aFleetFileWithAMistakeIsToldWithTheCamera(String yaml, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("fleet.yaml"), yaml.replace("PCAP", DEMO.toString()));
        assertThat(mcm("camera", "--fleet", file.toString())).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void pcapShowsTheStreamsAndTellsWhatIsWrong() throws IOException {
        assertThat(mcm("pcap", DEMO.toString())).isEqualTo(ExitCode.GOOD);
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(Files.readAllBytes(DEMO), 100_000));
        assertThat(mcm("pcap", cut.toString())).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(errors.toString()).contains("cut in record 75");
    }
}
