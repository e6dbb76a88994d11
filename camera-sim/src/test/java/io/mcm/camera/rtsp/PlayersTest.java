package io.mcm.camera.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.MissingTool;
import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.source.CameraSource;
import io.mcm.h264.AnnexB;
import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpReceiver;
import io.mcm.rtsp.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real players, several at once and with a password: each receives every slice of the source. */
@Timeout(300)
class PlayersTest {

    private static final int SECONDS = 40;

    @TempDir
    private Path directory;

    private record Running(String name, Process process, Path out) {}

    @Test
    void ffmpegAndGstreamerReceiveTheSourceOverUdpAndTcpAtOnce() throws Exception {
        Stream.of("ffmpeg", "gst-launch-1.0").filter(tool -> !isInstalled(tool)).findFirst().ifPresent(tool ->
            MissingTool.report(tool + " is missing: apt-get install ffmpeg gstreamer1.0-tools gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"));
        ServedStream stream = Streams.synthetic(75, 25, 1);
        RtspServerConfig config = RtspServerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withCredentials(new Credentials("bob", "s3cret"));
        List<String> expected = unitsOf(stream);
        try (RtspServer server = RtspServer.start(config, stream)) {
            String url = server.url().replace("//", "//bob:s3cret@");
            List<Running> players = new ArrayList<>();
            for (String transport : List.of("udp", "tcp")) {
                players.add(run("ffmpeg-" + transport, "ffmpeg", "-v", "warning", "-nostdin", "-rtsp_transport", transport, "-i", url,
                    "-c", "copy", "-f", "h264"));
                players.add(run("gst-" + transport, "gst-launch-1.0", "-q", "rtspsrc", "location=" + server.url(), "user-id=bob", "user-pw=s3cret",
                    "protocols=" + transport, "!", "rtph264depay", "!", "video/x-h264,stream-format=byte-stream,alignment=nal", "!", "filesink"));
            }
            for (Running player : players) {
                assertThat(player.process.waitFor(SECONDS, TimeUnit.SECONDS)).as(player.name + " ends").isTrue();
                assertThat(units(Files.readAllBytes(player.out))).as(player.name).isEqualTo(expected);
            }
            assertThat(server.count(RtspCounter.RECEIVER_REPORTS)).isPositive();
        }
    }

    private Running run(String name, String... command) throws IOException {
        Path out = directory.resolve(name + ".h264");
        List<String> all = new ArrayList<>(List.of(command));
        all.add(command[0].equals("ffmpeg") ? out.toString() : "location=" + out);
        return new Running(name, new ProcessBuilder(all).redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile()).start(), out);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static List<String> units(byte[] stream) {
        List<String> units = new ArrayList<>();
        AnnexB annexB = new AnnexB(MemorySegment.ofArray(stream));
        while (annexB.next()) {
            addSlice(units, Arrays.copyOfRange(stream, (int) annexB.offset(), (int) (annexB.offset() + annexB.length())));
        }
        return units;
    }

    /** Players put the parameter sets of the description before those of the stream; a short name of the rest is enough to read. */
    private static void addSlice(List<String> units, byte[] unit) {
        if (NalType.isSlice(NalHeader.type(unit[0] & 0xff))) {
            units.add(unit.length + "-" + Integer.toHexString(Arrays.hashCode(unit)));
        }
    }

    private static List<String> unitsOf(ServedStream stream) throws IOException {
        List<String> units = new ArrayList<>();
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), new Depacketizer(new Collector(units)));
        try (CameraSource source = stream.sources().open()) {
            source.play(new TimedPacketSink() {
                @Override
                public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
                    receiver.accept(segment, offset, length, dueNanos);
                }

                @Override
                public boolean isStopped() {
                    return false;
                }
            });
        }
        return units;
    }

    private static final class Collector implements NalUnitSink {

        private final List<String> units;
        private final ByteArrayOutputStream unit = new ByteArrayOutputStream();

        private Collector(List<String> units) {
            this.units = units;
        }

        @Override
        public void begin(NalUnitOrigin origin, int header) {
            unit.reset();
            unit.write(header);
        }

        @Override
        public void append(MemorySegment from, long offset, int length) {
            unit.writeBytes(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public void end() {
            addSlice(units, unit.toByteArray());
        }

        @Override
        public void abandon() {
            throw new AssertionError("a unit of the source is not whole");
        }

        @Override
        public void endAccessUnit() {
            // Only units count.
        }
    }
}
