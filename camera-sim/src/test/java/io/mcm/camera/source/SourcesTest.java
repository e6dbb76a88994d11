package io.mcm.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.packetize.PacketizedSource;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.AnnexBWriter;
import io.mcm.h264.Depacketizer;
import io.mcm.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcesTest {

    private static final Path PCAPS = Path.of("..", "pcaps");
    private static final Path DEMO = PCAPS.resolve("veth_ff_main_1280x720_2M.pcap");
    private static final double FRAMES = 50;

    @TempDir
    private Path folder;

    private static StreamSelection select(Path file) throws IOException {
        return StreamSelection.of(RtpStreams.scan(file), OptionalInt.empty(), OptionalInt.empty());
    }

    private static RecordingSink play(Path file, int passes) throws IOException {
        RecordingSink sink = new RecordingSink();
        new CaptureSource(file, select(file), passes).play(sink);
        return sink.of(0);
    }

    private static int sequence(byte[] packet) {
        return packet[2] << 8 & 0xff00 | packet[3] & 0xff;
    }

    private static int timestamp(byte[] packet) {
        return MemorySegment.ofArray(packet).get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN), 4);
    }

    static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(PCAPS)) {
            return files.filter(file -> file.toString().contains(".pcap")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aCaptureIsReplayedByteForByteOnItsOwnClock(Path file) throws IOException {
        RecordingSink sink = play(file, 1);
        try (RtpPacketReader reader = RtpPacketReader.open(file, select(file))) {
            long origin = 0;
            for (int i = 0; i < sink.packets.size(); i++) {
                assertThat(reader.next()).isTrue();
                RtpPacket packet = reader.packet();
                origin = i == 0 ? reader.arrivalNanos() : origin;
                assertThat(sink.packets.get(i)).isEqualTo(
                    packet.segment().asSlice(packet.base(), packet.length()).toArray(ValueLayout.JAVA_BYTE));
                assertThat(sink.due.get(i) - sink.due.getFirst()).isEqualTo(reader.arrivalNanos() - origin);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void passesFollowEachOtherWithoutASeam() throws IOException {
        RecordingSink once = play(DEMO, 1);
        RecordingSink thrice = play(DEMO, 3);
        int packets = once.packets.size();
        assertThat(thrice.packets).hasSize(3 * packets);
        for (int i = 1; i < thrice.packets.size(); i++) {
            byte[] before = thrice.packets.get(i - 1);
            byte[] packet = thrice.packets.get(i);
            assertThat(sequence(packet)).as("packet %d", i).isEqualTo(sequence(before) + 1 & 0xffff);
            assertThat(timestamp(packet) - timestamp(before)).as("packet %d", i).isIn(0, 3_600);
            assertThat(thrice.due.get(i)).isGreaterThanOrEqualTo(thrice.due.get(i - 1));
            byte[] original = once.packets.get(i % packets);
            assertThat(Arrays.copyOfRange(packet, 8, packet.length)).isEqualTo(Arrays.copyOfRange(original, 8, original.length));
        }
        assertThat(thrice.due.get(packets) - thrice.due.getFirst()).as("50 frames of 40 ms").isEqualTo(2_000_000_000L);
    }

    @Test
    void aSourceWithoutEndGoesOnUntilStopped() throws IOException {
        RecordingSink sink = new RecordingSink(1_000);
        new CaptureSource(DEMO, select(DEMO), 0).play(sink);
        assertThat(sink.packets).hasSize(1_000);
    }

    @Test
    void aCutCaptureIsReplayedAsFarAsItGoesBeforeTheError() throws IOException {
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(Files.readAllBytes(DEMO), 100_000));
        RecordingSink sink = new RecordingSink();
        CaptureSource source = new CaptureSource(cut, select(cut), 3);
        assertThatThrownBy(() -> source.play(sink)).hasMessageContaining("cut in record 75");
        assertThat(sink.of(0).packets).hasSize(73);
    }

    private static byte[] depacketized(List<byte[]> packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Depacketizer depacketizer = new Depacketizer(new AnnexBWriter(out));
        RtpPacket view = new RtpPacket();
        for (int i = 0; i < packets.size(); i++) {
            view.wrap(MemorySegment.ofArray(packets.get(i)), 0, packets.get(i).length);
            depacketizer.packet(view, i, 0);
        }
        return out.toByteArray();
    }

    @Tag("RFC6184-5.1-07") @Tag("RFC3550-5.1-08") @Tag("RFC3550-5.1-10") @Tag("RFC3550-5.1-11")
    @Test
    void aByteStreamIsSentAnAccessUnitAFramePeriod() throws IOException {
        byte[] stream = depacketized(play(DEMO, 1).packets);
        Path file = Files.write(folder.resolve("stream.h264"), stream);
        RecordingSink sink = new RecordingSink();
        new PacketizedSource(new AnnexBSource(file, FRAMES, 2), PayloadConfig.DEFAULTS, RtpConfig.of(7), due -> due).play(sink);

        byte[] received = depacketized(sink.packets);
        assertThat(Arrays.copyOf(received, stream.length)).isEqualTo(stream);
        assertThat(Arrays.copyOfRange(received, stream.length, received.length)).isEqualTo(stream);
        List<Long> due = new ArrayList<>(new java.util.TreeSet<>(sink.due));
        assertThat(due).hasSize(2 * 50);
        for (int i = 0; i < due.size(); i++) {
            assertThat(due.get(i)).isEqualTo(i * 20_000_000L);
        }
        for (int i = 0; i < sink.packets.size(); i++) {
            assertThat(sequence(sink.packets.get(i))).isEqualTo(i);
            assertThat((long) timestamp(sink.packets.get(i))).isEqualTo(sink.due.get(i) * 9 / 100_000);
        }
    }

    @Test
    void whatIsNoByteStreamIsToldByNameAndNeed() throws IOException {
        Path none = folder.resolve("none.h264");
        assertThatThrownBy(() -> new AnnexBSource(none, 25, 1)).hasMessageEndingWith("none.h264: no such file");
        Path text = Files.writeString(folder.resolve("text.h264"), "no start code");
        assertThatThrownBy(() -> new AnnexBSource(text, 25, 1))
            .hasMessageContaining("does not begin with a NAL unit");
        Path empty = Files.createFile(folder.resolve("empty.h264"));
        assertThatThrownBy(() -> new AnnexBSource(empty, 25, 1))
            .hasMessageContaining("does not begin with a NAL unit");
    }

    @Test
    void aStartCodeInTheMidstOfAnotherFileMakesItNoByteStream() throws IOException {
        Path file = Files.write(folder.resolve("x.pcap"), new byte[] {0x0a, 0, 0, 1, 0x65, 1, 2, 3});
        assertThatThrownBy(() -> new AnnexBSource(file, 25, 1))
            .hasMessageContaining("does not begin with a NAL unit");
    }
}
