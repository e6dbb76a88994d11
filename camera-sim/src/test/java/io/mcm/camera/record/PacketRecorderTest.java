package io.mcm.camera.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.MissingTool;
import io.mcm.camera.RecordingSink;
import io.mcm.camera.source.CaptureSource;
import io.mcm.capture.Endpoint;
import io.mcm.capture.Flow;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStream;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketRecorderTest {

    private static final long MS = 1_000_000;
    /** 2026-11-22, with every digit of a nanosecond. */
    private static final long EPOCH = 1_795_305_600_123_456_789L;
    private static final int PACKETS = 500;
    private static final int NON_IDR_SLICE = 0x41;

    @TempDir
    private Path folder;
    private final MemorySegment packet = Arena.ofAuto().allocate(2_000);

    private static IntFunction<Flow> flows(String host) {
        return channel -> new Flow(Endpoint.of(new InetSocketAddress(host, 40_000 + channel)), Endpoint.of(new InetSocketAddress(host, 5_004 + channel)));
    }

    /** Lengths of every remainder, sequence from 65,300 on, a millisecond and a nanosecond apart. */
    private int fill(int number) {
        int length = 14 + number % 1_458;
        RtpPacket.writeHeader(packet, 0, 96, 65_300 + number, number * 90, 0xcafe);
        for (int i = RtpPacket.FIXED_HEADER_LENGTH; i < length; i++) {
            packet.set(ValueLayout.JAVA_BYTE, i, (byte) (number + i));
        }
        packet.set(ValueLayout.JAVA_BYTE, RtpPacket.FIXED_HEADER_LENGTH, (byte) NON_IDR_SLICE);
        return length;
    }

    private Path record(String host) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PacketRecorder recorder = new PacketRecorder(out, flows(host), EPOCH, 0);
        for (int i = 0; i < PACKETS; i++) {
            int length = fill(i);
            recorder.sent(0, packet, 0, length, 0, i * (MS + 1));
        }
        recorder.finish();
        return Files.write(folder.resolve("recorded.pcapng"), out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "192.0.2.200", "2001:db8::1:fffe"})
    void ourReaderFindsEveryByteAndEveryNanosecond(String host) throws IOException {
        Path file = record(host);
        RtpStreams streams = RtpStreams.scan(file);
        RtpStream stream = streams.streams().getFirst();
        assertThat(stream.flow()).isEqualTo(flows(host).apply(0));
        assertThat(stream.packets()).isEqualTo(PACKETS);
        assertThat(stream.lost() + stream.reordered() + stream.duplicated()).isZero();
        StreamSelection selection = StreamSelection.of(streams, OptionalInt.of(5_004), OptionalInt.empty());
        try (RtpPacketReader reader = RtpPacketReader.open(file, selection)) {
            for (int i = 0; i < PACKETS; i++) {
                int length = fill(i);
                assertThat(reader.next()).isTrue();
                assertThat(reader.arrivalNanos()).isEqualTo(EPOCH + i * (MS + 1));
                assertThat(reader.packet().segment().asSlice(reader.packet().base(), reader.packet().length()).mismatch(packet.asSlice(0, length)))
                    .isEqualTo(-1);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2001:db8::1:fffe"})
    void tsharkFindsNoWrongChecksumAndNothingMalformed(String host) throws IOException, InterruptedException {
        String file = record(host).toString();
        List<String> lines = run("tshark", "-r", file, "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-d", "udp.port==5004,rtp",
            "-T", "fields", "-e", "frame.time_epoch", "-e", "udp.checksum.status", "-e", "ip.checksum.status", "-e", "rtp.seq", "-e", "udp.length",
            "-e", "_ws.malformed");
        assertThat(lines).hasSize(PACKETS);
        String ip = host.contains(":") ? "" : "1";
        for (int i = 0; i < PACKETS; i++) {
            long nanos = EPOCH + i * (MS + 1);
            assertThat(lines.get(i)).isEqualTo("%d.%09d\t1\t%s\t%d\t%d\t".formatted(nanos / 1_000 / MS, nanos % (1_000 * MS), ip,
                (65_300 + i) % 65_536, 8 + 14 + i % 1_458));
        }
    }

    @Test
    void capinfosReadsTheSectionAndTheInterface() throws IOException, InterruptedException {
        String told = String.join("\n", run("capinfos", record("127.0.0.1").toString()));
        assertThat(told).contains("Wireshark/... - pcapng", "Raw IP", "nanoseconds (9)", "Capture application: mcm", "Name = mcm camera",
            "Number of packets:   " + PACKETS);
    }

    @Test
    void aRecordingReplayedIsTheSameStreamInTheSameTime() throws IOException {
        Path file = record("127.0.0.1");
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(file), OptionalInt.of(5_004), OptionalInt.empty());
        RecordingSink sink = new RecordingSink();
        try (CaptureSource source = new CaptureSource(file, selection, 1)) {
            source.play(sink);
        }
        assertThat(sink.packets).hasSize(PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            assertThat(sink.packets.get(i)).isEqualTo(packet.asSlice(0, fill(i)).toArray(ValueLayout.JAVA_BYTE));
            assertThat(sink.due.get(i)).isEqualTo(i * (MS + 1));
        }
    }

    @Test
    void writingWaitsForAPauseButNotLongerThanAHundredMilliseconds() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PacketRecorder recorder = new PacketRecorder(out, flows("127.0.0.1"), EPOCH, 0);
        int begin = out.size();
        recorder.sent(0, packet, 0, fill(0), 0, 25 * MS);
        recorder.pause(25 * MS, 26 * MS);
        assertThat(out.size()).as("too short a pause").isEqualTo(begin);
        recorder.pause(25 * MS, 30 * MS);
        assertThat(out.size()).as("a pause of 5 ms").isGreaterThan(begin);
        int afterPause = out.size();
        recorder.sent(0, packet, 0, fill(1), 0, 30 * MS);
        recorder.sent(0, packet, 0, fill(2), 0, 124 * MS);
        assertThat(out.size()).isEqualTo(afterPause);
        recorder.sent(0, packet, 0, fill(3), 0, 125 * MS);
        assertThat(out.size()).as("no pause came").isGreaterThan(afterPause);
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        try {
            Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(process.waitFor()).as(command[0]).isZero();
        } catch (IOException e) {
            MissingTool.report(command[0] + " is missing: apt-get install tshark");
        }
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }
}
