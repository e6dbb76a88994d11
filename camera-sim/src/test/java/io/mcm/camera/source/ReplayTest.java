package io.mcm.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.RecordingSink;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.metric.Counters;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two cameras in one capture, 25 pictures a second of two packets each, one second long; their RTCP beside. */
@Timeout(300)
class ReplayTest {

    private static final int A = 0xaaaa0000;
    private static final int B = 0xbbbb0000;
    private static final int PORT_A = 5004;
    private static final int PORT_B = 7000;
    private static final int PICTURES = 25;
    private static final long PERIOD_MICROS = 40_000;
    private static final int TICKS = 3_600;
    private static final long MS = 1_000_000;
    /** 2001, on the cameras' clock. */
    private static final long CAMERA_NTP = 3_187_296_000L << 32;
    /** When the replay begins: 2030-01-01T00:00:00Z, and what NTP calls it. */
    private static final long WALL_NANOS = 1_893_456_000_000_000_000L;
    private static final long WALL_NTP = 1_893_456_000L + 2_208_988_800L << 32;

    @TempDir
    private Path folder;
    private Path file;
    private final Counters<ReplayCounter> counters = new Counters<>(ReplayCounter.class);

    @BeforeEach
    void write() throws IOException {
        file = twoCameras().write(folder.resolve("two.pcap"));
    }

    /** B is 10 ms behind A, and has its RTCP on its RTP port. */
    private static TestCapture twoCameras() {
        TestCapture capture = new TestCapture();
        capture.report(0, PORT_A + 1, A, CAMERA_NTP, 1_000, false);
        for (int i = 0; i < PICTURES; i++) {
            long at = i * PERIOD_MICROS;
            capture.rtp(at, PORT_A, A, 65_530 + 2 * i, 1_000 + i * TICKS, false).rtp(at + 100, PORT_A, A, 65_531 + 2 * i, 1_000 + i * TICKS, true);
            capture.rtp(at + 10_000, PORT_B, B, 2 * i, i * TICKS, false).rtp(at + 10_100, PORT_B, B, 2 * i + 1, i * TICKS, true);
            if (i == PICTURES / 2) {
                capture.report(at + 20_000, PORT_A + 1, A, CAMERA_NTP + (long) (0.5 * (1L << 32)), 1_000 + 45_000, false);
                capture.report(at + 20_000, PORT_B, B, 0, 45_000, false);
            }
        }
        capture.report(999_000, PORT_A + 1, A, CAMERA_NTP + (1L << 32), 1_000 + 90_000, true);
        return capture;
    }

    private CapturePackets.Plan plan(ReplayWindow window, DamagedRecords damaged) throws IOException {
        return new CapturePackets.Plan(file, StreamSelection.all(RtpStreams.scan(file, true)), window, damaged, counters);
    }

    private RecordingSink play(CapturePackets.Plan plan, int passes, Rewriting rewriting) throws IOException {
        RecordingSink sink = new RecordingSink();
        try (ReplaySource source = new ReplaySource(() -> CapturePackets.open(plan), passes, rewriting, () -> WALL_NANOS)) {
            source.play(sink);
        }
        return sink;
    }

    private RecordingSink play(int passes) throws IOException {
        return play(plan(ReplayWindow.ALL, DamagedRecords.END), passes, Rewriting.NONE);
    }

    private static RtpPacket rtp(byte[] packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(MemorySegment.ofArray(packet), 0, packet.length)).isEqualTo(RtpPacket.Validity.VALID);
        return view;
    }

    @Test
    void severalStreamsKeepTheirRelationInTimeAndEachItsChannel() throws IOException {
        RecordingSink sink = play(1);
        assertThat(sink.of(0).packets).hasSize(2 * PICTURES);
        assertThat(sink.of(2).packets).hasSize(2 * PICTURES);
        assertThat(sink.of(1).packets).hasSize(3);
        assertThat(sink.of(3).packets).as("RTCP on the RTP port is RTCP").hasSize(1);
        for (int i = 0; i < 2 * PICTURES; i++) {
            assertThat(sink.of(2).due.get(i) - sink.of(0).due.get(i)).isEqualTo(10 * MS);
        }
        assertThat(sink.due).isSorted();
    }

    @Test
    void theCaptureSaysWhetherRtcpSharesThePort() throws IOException {
        assertThat(StreamSelection.all(RtpStreams.scan(file))).extracting(StreamSelection::isRtcpMuxed).containsExactly(false, true);
    }

    @Test
    void passesFollowWithoutASeamAndStreamsStayTogether() throws IOException {
        RecordingSink sink = play(3);
        for (int channel : new int[] {0, 2}) {
            RecordingSink stream = sink.of(channel);
            assertThat(stream.packets).hasSize(3 * 2 * PICTURES);
            for (int i = 1; i < stream.packets.size(); i++) {
                RtpPacket before = rtp(stream.packets.get(i - 1));
                RtpPacket packet = rtp(stream.packets.get(i));
                assertThat(packet.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
                assertThat(packet.timestamp() - before.timestamp()).isEqualTo(i % 2 == 0 ? TICKS : 0);
                assertThat(stream.due.get(i) - stream.due.get(i - 1)).isEqualTo(i % 2 == 0 ? 40 * MS - MS / 10 : MS / 10);
            }
        }
    }

    @Test
    void senderReportsTellTheTimeOfTheReplayAndWhatItHasSent() throws IOException {
        RecordingSink sink = play(3);
        RecordingSink reports = sink.of(1);
        assertThat(reports.packets).hasSize(9);
        for (int i = 0; i < reports.packets.size(); i++) {
            ByteBuffer report = ByteBuffer.wrap(reports.packets.get(i));
            int pass = i / 3;
            long expected = WALL_NTP + ((long) pass << 32) + new long[] {0, 1L << 31, 1L << 32}[i % 3];
            assertThat(report.getLong(8)).as("report %d: the camera's clock, set to now", i).isEqualTo(expected);
            assertThat(report.getInt(16)).as("report %d: the same instant on the media clock", i)
                .isEqualTo(1_000 + pass * 90_000 + new int[] {0, 45_000, 90_000}[i % 3]);
            int before = packetsBefore(sink, i);
            assertThat(report.getInt(20)).as("report %d: packets", i).isEqualTo(before);
            assertThat(report.getInt(24)).as("report %d: payload bytes", i).isEqualTo(before * 100);
        }
    }

    private static int packetsBefore(RecordingSink sink, int report) {
        int packets = 0;
        int reports = 0;
        for (int i = 0; reports <= report; i++) {
            reports += sink.channels.get(i) == 1 ? 1 : 0;
            packets += sink.channels.get(i) == 0 ? 1 : 0;
        }
        return packets;
    }

    @Test
    void aSenderWithoutAWallClockGetsNone() throws IOException {
        for (byte[] report : play(2).of(3).packets) {
            assertThat(ByteBuffer.wrap(report).getLong(8)).isZero();
        }
    }

    @Test
    void aGoodbyeIsSaidOnceAtTheVeryEnd() throws IOException {
        List<byte[]> reports = play(3).of(1).packets;
        assertThat(reports.stream().map(report -> report.length)).containsExactly(28, 28, 28, 28, 28, 28, 28, 28, 36);
    }

    @Test
    void sourceAndPayloadTypeAreRewrittenInPacketsAndReports() throws IOException {
        Rewriting rewriting = new Rewriting(OptionalInt.of(0x1000), OptionalInt.of(100));
        RecordingSink sink = play(plan(ReplayWindow.ALL, DamagedRecords.END), 2, rewriting);
        RecordingSink original = play(2);
        for (int channel : new int[] {0, 2}) {
            for (int i = 0; i < sink.of(channel).packets.size(); i++) {
                RtpPacket packet = rtp(sink.of(channel).packets.get(i));
                RtpPacket before = rtp(original.of(channel).packets.get(i));
                assertThat(packet.ssrc()).isEqualTo(0x1000 + channel / 2);
                assertThat(packet.payloadType()).isEqualTo(100);
                assertThat(packet.marker()).isEqualTo(before.marker());
                assertThat(packet.sequence()).isEqualTo(before.sequence());
                assertThat(packet.timestamp()).isEqualTo(before.timestamp());
            }
        }
        byte[] last = sink.of(1).packets.getLast();
        assertThat(ByteBuffer.wrap(last).getInt(4)).isEqualTo(0x1000);
        assertThat(ByteBuffer.wrap(last).getInt(32)).as("in the goodbye").isEqualTo(0x1000);
        assertThat(ByteBuffer.wrap(sink.of(3).packets.getFirst()).getInt(4)).isEqualTo(0x1001);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000, 0, 25", "200, 1000, 5, 20", "200, 200, 5, 5", "0, 40, 0, 1", "990, 5, 25, 0"})
    void aWindowIsPlayedAsIfItWereTheCapture(long startMillis, long durationMillis, int firstPicture, int pictures) throws IOException {
        RecordingSink stream = play(plan(new ReplayWindow(startMillis * MS, durationMillis * MS), DamagedRecords.END), 2, Rewriting.NONE).of(0);
        assertThat(stream.packets).hasSize(2 * 2 * pictures);
        for (int i = 0; i < stream.packets.size(); i++) {
            RtpPacket packet = rtp(stream.packets.get(i));
            assertThat(packet.timestamp()).isEqualTo(1_000 + (firstPicture + i / 2) * TICKS);
            assertThat(stream.due.get(i)).isEqualTo(i / 2 * 40 * MS + i % 2 * MS / 10);
        }
    }

    @Test
    void whatTheSnapLengthCutIsSkippedOrEndsTheReplay() throws IOException {
        file = new TestCapture().rtp(0, PORT_A, A, 1, 0, true).rtp(1_000, PORT_A, A, 2, 3_600, true).rtp(2_000, PORT_A, A, 3, 7_200, true).snapped(50)
            .rtp(3_000, PORT_A, A, 4, 10_800, true).write(folder.resolve("snapped.pcap"));
        RecordingSink skipped = play(plan(ReplayWindow.ALL, DamagedRecords.SKIP), 1, Rewriting.NONE);
        assertThat(skipped.packets.stream().map(packet -> rtp(packet).sequence())).containsExactly(1, 2, 4);
        assertThat(counters.get(ReplayCounter.TRUNCATED_RECORDS)).isEqualTo(1);
        assertThatThrownBy(() -> play(plan(ReplayWindow.ALL, DamagedRecords.END), 1, Rewriting.NONE)).hasMessageContaining("record 3 has only 50 bytes");
    }

    /** The captured length of the fifth record is overwritten. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0x7fffffff, 300_000})
    void behindADamagedRecordTheReplayGoesOnOrEnds(int length) throws IOException {
        TestCapture capture = new TestCapture();
        for (int i = 0; i < 10; i++) {
            capture.rtp(i * PERIOD_MICROS, PORT_A, A, i, i * TICKS, true);
        }
        byte[] bytes = capture.bytes();
        int record = (bytes.length - 24) / 10;
        ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(24 + 4 * record + 8, length);
        file = Files.write(folder.resolve("damaged.pcap"), bytes);
        RecordingSink skipped = play(plan(ReplayWindow.ALL, DamagedRecords.SKIP), 1, Rewriting.NONE);
        assertThat(skipped.packets.stream().map(packet -> rtp(packet).sequence())).containsExactly(0, 1, 2, 3, 5, 6, 7, 8, 9);
        assertThat(counters.get(ReplayCounter.DAMAGED_RECORDS)).isEqualTo(1);
        assertThatThrownBy(() -> play(plan(ReplayWindow.ALL, DamagedRecords.END), 1, Rewriting.NONE)).hasMessageContaining("record 5");
    }

    @Test
    void aCutRecordAtTheEndIsSkippedInEveryPass() throws IOException {
        file = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 10));
        RecordingSink sink = play(plan(ReplayWindow.ALL, DamagedRecords.SKIP), 2, Rewriting.NONE);
        assertThat(sink.of(0).packets).hasSize(2 * 2 * PICTURES);
        assertThat(sink.of(1).packets).as("the goodbye is cut").hasSize(2 * 2);
        assertThat(counters.get(ReplayCounter.DAMAGED_RECORDS)).isEqualTo(2);
    }

    @Test
    void aPcapngBlockThatIsDamagedIsSkipped() throws IOException {
        file = folder.resolve("damaged.pcapng");
        byte[] bytes = Files.readAllBytes(Path.of("..", "pcaps", "fmt_pcapng.pcapng"));
        Files.write(file, bytes);
        int before = play(plan(ReplayWindow.ALL, DamagedRecords.END), 1, Rewriting.NONE).packets.size();
        ByteBuffer blocks = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int packets = 0; packets < 20; at += blocks.getInt(at + 4)) {
            packets += blocks.getInt(at) == 6 ? 1 : 0;
        }
        blocks.putInt(at + 4, 3);
        Files.write(file, bytes);
        assertThat(play(plan(ReplayWindow.ALL, DamagedRecords.SKIP), 1, Rewriting.NONE).packets).hasSize(before - 1);
        assertThat(counters.get(ReplayCounter.DAMAGED_RECORDS)).isEqualTo(1);
    }
}
