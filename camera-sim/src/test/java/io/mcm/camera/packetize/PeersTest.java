package io.mcm.camera.packetize;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.MissingTool;
import io.mcm.camera.RecordingSink;
import io.mcm.camera.synthetic.FrameRate;
import io.mcm.camera.synthetic.NumberStrip;
import io.mcm.camera.synthetic.PictureSize;
import io.mcm.camera.synthetic.SyntheticConfig;
import io.mcm.camera.synthetic.SyntheticSource;
import io.mcm.h264.InterleavingPattern.Structure;
import io.mcm.h264.PacketizationMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Receivers that are not ours decode every profile's packets to the pictures that were meant; tshark finds nothing malformed. */
class PeersTest {

    private static final PictureSize SIZE = new PictureSize(320, 240);
    private static final int FRAMES = 50;
    /** ffmpeg shows a picture when it has seen the next one. */
    private static final int SHOWN_LIVE = 45;
    private static final SyntheticConfig VIDEO = SyntheticConfig.of(SIZE, new FrameRate(25, 1)).withGop(25).withSlices(3)
        .withBitsPerSecond(600_000).withFrames(FRAMES);
    private static final RtpConfig RTP = RtpConfig.of(0x1234abcd).withFirstSequence(65_500).withFirstTimestamp(-90_000);

    @TempDir
    private Path folder;

    private static RecordingSink play(PayloadConfig payload, RtpConfig rtp) throws IOException {
        RecordingSink sink = new RecordingSink();
        // GStreamer takes a marker for the end of the picture, so that of more slices with one each it would see the first only: that is what
        // the thread about matrox-mura tells of receivers.
        boolean split = rtp.marker() == MarkerHabit.SLICE || rtp.marker() == MarkerHabit.UNIT;
        SyntheticConfig video = split ? VIDEO.withSlices(1) : VIDEO;
        new PacketizedSource(new SyntheticSource(video, due -> due), payload, rtp, due -> 1_700_000_000_000_000_000L + due).play(sink);
        return sink;
    }

    private static RecordingSink play(Profile profile) throws IOException {
        return play(profile.applyTo(PayloadConfig.DEFAULTS), profile.applyTo(RTP));
    }

    /** What the tool says; it must end well. */
    private String run(List<String> command) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = start(said, command);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", command.getFirst()).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    private static Process start(Path said, List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).start();
        } catch (IOException e) {
            MissingTool.report(command.getFirst() + " is missing: apt-get install ffmpeg gstreamer1.0-tools gstreamer1.0-plugins-good"
                + " gstreamer1.0-plugins-bad gstreamer1.0-libav tshark");
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> numbers(Path raw) throws IOException {
        MemorySegment samples = MemorySegment.ofArray(Files.readAllBytes(raw));
        long length = SIZE.width() * SIZE.height() * 3L / 2;
        assertThat(samples.byteSize() % length).isZero();
        List<Integer> numbers = new ArrayList<>();
        for (long at = 0; at < samples.byteSize(); at += length) {
            numbers.add(NumberStrip.read(samples, at, SIZE.width(), SIZE.width()));
        }
        return numbers;
    }

    @ParameterizedTest
    @EnumSource
    void gstreamerDecodesEveryPictureOfTheProfile(Profile profile) throws IOException, InterruptedException {
        Path capture = CaptureFile.write(folder.resolve("profile.pcap"), play(profile));
        Path raw = folder.resolve("pictures.yuv");
        String said = run(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + capture, "!", "pcapparse", "dst-port=" + CaptureFile.PORT,
            "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=" + profile.applyTo(RTP).payloadType(), "!",
            "rtph264depay", "!", "h264parse", "!", "avdec_h264", "!", "video/x-raw,format=I420", "!", "filesink", "location=" + raw));
        assertThat(said).isEmpty();
        assertThat(numbers(raw)).isEqualTo(IntStream.range(0, FRAMES).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource
    void ffmpegReceivesAndDecodesTheProfileWithoutAWord(Profile profile) throws IOException, InterruptedException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        Path sdp = Files.writeString(folder.resolve("profile.sdp"), StreamSdp.text(to, profile.applyTo(PayloadConfig.DEFAULTS), profile.applyTo(RTP),
            new SyntheticSource(VIDEO, due -> due).parameterSets()));
        Path raw = folder.resolve("pictures.yuv");
        Path said = folder.resolve("ffmpeg.txt");
        Process ffmpeg = start(said, List.of("ffmpeg", "-y", "-v", "warning", "-protocol_whitelist", "file,udp,rtp", "-buffer_size", "2000000",
            "-i", sdp.toString(), "-frames:v", String.valueOf(SHOWN_LIVE), "-fps_mode", "passthrough", "-f", "rawvideo", raw.toString()));
        try {
            awaitListener(to.getPort());
            send(play(profile), to);
            assertThat(ffmpeg.waitFor(20, TimeUnit.SECONDS)).as("ffmpeg has its pictures").isTrue();
        } finally {
            ffmpeg.destroy();
        }
        assertThat(Files.readString(said)).isEmpty();
        assertThat(numbers(raw)).isEqualTo(IntStream.range(0, SHOWN_LIVE).boxed().toList());
    }

    /** Even, and the next one free for RTCP. */
    private static int freePort() throws IOException {
        while (true) {
            try (DatagramSocket first = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                int port = first.getLocalPort() & ~1;
                try (DatagramSocket even = port == first.getLocalPort() ? null : new DatagramSocket(port, InetAddress.getLoopbackAddress());
                     DatagramSocket odd = port != first.getLocalPort() ? null : new DatagramSocket(port + 1, InetAddress.getLoopbackAddress())) {
                    assertThat(even == null ^ odd == null).isTrue();
                    return port;
                } catch (java.net.SocketException _) {
                    // Another pair.
                }
            }
        }
    }

    private static void awaitListener(int port) throws IOException, InterruptedException {
        String wanted = ":%04X ".formatted(port);
        for (int i = 0; i < 500; i++) {
            if (Files.readString(Path.of("/proc/net/udp")).contains(wanted) || Files.readString(Path.of("/proc/net/udp6")).contains(wanted)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("nobody listens on port " + port);
    }

    /** A picture each few milliseconds: ffmpeg takes the time from the packets. */
    private static void send(RecordingSink sink, InetSocketAddress to) throws IOException, InterruptedException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < sink.packets.size(); i++) {
                if (i > 0 && sink.due.get(i) > sink.due.get(i - 1)) {
                    Thread.sleep(5);
                }
                socket.send(new DatagramPacket(sink.packets.get(i), sink.packets.get(i).length, to));
            }
        }
    }

    record Habit(PayloadConfig payload, RtpConfig rtp) {
    }

    static final List<Habit> HABITS = habits();

    private static List<Habit> habits() {
        List<Habit> habits = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            habits.add(new Habit(profile.applyTo(PayloadConfig.DEFAULTS), profile.applyTo(RTP)));
        }
        habits.add(new Habit(PayloadConfig.DEFAULTS.withMode(PacketizationMode.SINGLE_NAL_UNIT).withMaxPacketLength(65_000), RTP));
        for (Structure structure : Structure.values()) {
            habits.add(new Habit(PayloadConfig.DEFAULTS.withMode(PacketizationMode.INTERLEAVED)
                .withInterleaving(PayloadConfig.interleaving(3, structure)), RTP));
        }
        habits.add(new Habit(PayloadConfig.DEFAULTS.withMaxPacketLength(200).withFragmentLength(50),
            RTP.withCsrcs(List.of(1, 2, 3)).withPadding(9).withExtension(HeaderExtension.parse("two-byte:1=ntp-64,77=hex:"))));
        return habits;
    }

    @ParameterizedTest
    @FieldSource("HABITS")
    void tsharkFindsNothingMalformed(Habit habit) throws IOException, InterruptedException {
        RecordingSink sink = play(habit.payload(), habit.rtp());
        Path capture = CaptureFile.write(folder.resolve("habit.pcap"), sink);
        int type = habit.rtp().payloadType();
        String said = run(List.of("tshark", "-r", capture.toString(), "-d", "udp.port==" + CaptureFile.PORT + ",rtp",
            "-o", "h264.dynamic.payload.type:" + type, "-T", "fields", "-e", "rtp.version", "-e", "rtp.p_type", "-e", "_ws.malformed"));
        List<String> lines = said.lines().filter(line -> !line.startsWith("Running as user")).toList();
        assertThat(lines).hasSameSizeAs(sink.packets).allMatch(line -> line.strip().equals("2\t" + type));
    }
}
