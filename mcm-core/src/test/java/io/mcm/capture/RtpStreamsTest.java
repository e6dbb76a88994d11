package io.mcm.capture;

import static io.mcm.capture.Bytes.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.h264.NalType;
import io.mcm.rtp.RtpDatagram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RtpStreamsTest {

    private static final OptionalInt ANY = OptionalInt.empty();
    private static final int FIRST = 0x0a;
    private static final int SECOND = 0x0b;
    /** Far less than a reorder window waits. */
    private static final int STEP_MICROS = 500;

    @TempDir
    private Path folder;
    private final List<byte[]> frames = new ArrayList<>();

    private void send(int port, byte[] payload) {
        byte[] udp = udp(payload);
        ByteBuffer.wrap(udp).putShort(2, (short) port);
        frames.add(ipv4(udp));
    }

    private void sendStream(int port, int ssrc, int packets) {
        for (int i = 0; i < packets; i++) {
            send(port, RtpDatagram.of(i).ssrc(ssrc).marker().timestamp(i * 3_600).bytes());
        }
    }

    private RtpStreams scan() throws IOException {
        byte[] file = pcapHeader(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, LinkType.RAW);
        for (int i = 0; i < frames.size(); i++) {
            file = join(file, pcapRecord(ByteOrder.LITTLE_ENDIAN, 0, i * STEP_MICROS, frames.get(i).length, frames.get(i)));
        }
        return RtpStreams.scan(Files.write(folder.resolve("capture.pcap"), file));
    }

    private static List<Integer> ssrcs(StreamSelection selection) {
        return selection.streams().stream().map(RtpStream::ssrc).toList();
    }

    @Test
    void theDestinationWithTheMostH264PacketsIsTaken() throws IOException {
        sendStream(5_000, FIRST, 5);
        sendStream(5_002, SECOND, 7);
        assertThat(StreamSelection.of(scan(), ANY, ANY).destination()).hasToString("10.0.0.2:5002");
        assertThat(ssrcs(StreamSelection.of(scan(), OptionalInt.of(5_000), ANY))).containsExactly(FIRST);
        assertThat(ssrcs(StreamSelection.of(scan(), ANY, OptionalInt.of(FIRST)))).containsExactly(FIRST);
    }

    @Test
    void ofTwoSourcesAtOnceTheFirstIsTaken() throws IOException {
        for (int i = 0; i < 4; i++) {
            send(5_000, RtpDatagram.of(i).ssrc(FIRST).bytes());
            send(5_000, RtpDatagram.of(i).ssrc(SECOND).bytes());
        }
        assertThat(ssrcs(StreamSelection.of(scan(), ANY, ANY))).containsExactly(FIRST);
    }

    @Test
    void ofTwoSourcesOneAfterTheOtherBothAreTaken() throws IOException {
        sendStream(5_000, FIRST, 4);
        sendStream(5_000, SECOND, 4);
        StreamSelection both = StreamSelection.of(scan(), ANY, ANY);
        assertThat(ssrcs(both)).containsExactly(FIRST, SECOND);
        try (RtpPacketReader reader = RtpPacketReader.open(folder.resolve("capture.pcap"), both)) {
            int packets = 0;
            while (reader.next()) {
                packets++;
            }
            assertThat(packets).isEqualTo(8).isEqualTo((int) both.packets());
        }
    }

    @Test
    void whatIsNoH264OverRtpIsNoStreamOrNotTaken() throws IOException {
        sendStream(5_000, FIRST, 2);
        for (int i = 0; i < 9; i++) {
            send(5_001, RtpDatagram.of(i).payload().bytes());
            send(5_002, RtpDatagram.of(i).payloadType(0).bytes());
            send(5_003, RtpDatagram.of(i).ssrc(0x265).payload(hex("6201 93 aabb")).bytes());
            send(5_004, RtpDatagram.of(i).ssrc(0x0905).payload(hex("78 ffee aabb")).bytes());
            send(5_005, hex("00112233"));
            send(5_006, hex("80c80001 0000000a 00000000"));
        }
        RtpStreams streams = scan();
        assertThat(streams.streams()).as("an RTSP client's empty packets and fixed payload types are no streams")
            .extracting(stream -> stream.flow().destination().port()).containsExactly(5_000, 5_003, 5_004);
        assertThat(streams.streams()).extracting(RtpStream::isH264).as("H.265 and Opus").containsExactly(true, false, false);
        assertThat(ssrcs(StreamSelection.of(streams, ANY, ANY))).containsExactly(FIRST);
        assertThat(streams.streams().getFirst().rtcpPackets()).as("by the SSRC in the report").isEqualTo(9);
        assertThat(streams.datagrams()).isEqualTo(2 + 6 * 9);
    }

    @Test
    void lossDuplicatesAndOrderAreCounted() throws IOException {
        for (int sequence : new int[] {65_534, 65_535, 1, 0, 0, 2, 4, 5}) {
            send(5_000, RtpDatagram.of(sequence).ssrc(FIRST).bytes());
        }
        RtpStream stream = scan().streams().getFirst();
        assertThat(stream.packets()).isEqualTo(8);
        assertThat(stream.lost()).isEqualTo(1);
        assertThat(stream.duplicated()).isEqualTo(1);
        assertThat(stream.reordered()).isEqualTo(1);
        assertThat(stream.lastNanos() - stream.firstNanos()).isEqualTo(7 * STEP_MICROS * 1_000L);
    }

    @Test
    void aRealCapturesFiguresAreThoseOfTshark() throws IOException {
        RtpStream stream = RtpStreams.scan(Captures.own("gst_openh264_dynslice1300_640x480.pcap")).streams().getFirst();
        assertThat(stream.packetization()).isEqualTo(
            Map.of(Packetization.SINGLE, 138L, Packetization.STAP_A, 91L, Packetization.FU_A, 145L));
        assertThat(stream.nalUnits(NalType.SLICE)).isEqualTo(432);
        assertThat(stream.nalUnits(NalType.IDR_SLICE)).isEqualTo(18);
        assertThat(stream.nalUnits(NalType.SPS)).isEqualTo(3);
        assertThat(stream.nalUnits()).isEqualTo(456);
        assertThat(stream.markers()).isEqualTo(75);
        assertThat(stream.accessUnits()).isEqualTo(75);
        assertThat(stream.maxPacketLength()).isEqualTo(1_400);
    }

    @Test
    void aDamagedCaptureIsScannedToItsDamage() throws IOException {
        sendStream(5_000, FIRST, 3);
        byte[] whole = pcap(LinkType.RAW, frames.toArray(byte[][]::new));
        RtpStreams streams = RtpStreams.scan(Files.write(folder.resolve("cut.pcap"), slice(whole, 0, whole.length - 1)));
        assertThat(streams.streams().getFirst().packets()).isEqualTo(2);
        assertThat(streams.damage()).get().extracting(Throwable::getMessage).asString().contains("cut in record 3");
    }

    @Test
    void aPayloadCutByTheSnapLengthIsNoPacket() throws IOException {
        byte[] frame = ipv4(udp(RtpDatagram.of(1).bytes()));
        byte[] file = join(pcapHeader(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, LinkType.RAW),
            pcapRecord(ByteOrder.LITTLE_ENDIAN, 0, 0, frame.length, slice(frame, 0, frame.length - 1)));
        RtpStreams streams = RtpStreams.scan(Files.write(folder.resolve("snapped.pcap"), file));
        assertThat(streams.streams()).isEmpty();
        assertThat(streams.counters().get(CaptureCounter.TRUNCATED)).isEqualTo(1);
    }

    @Test
    void aSelectionThatMatchesNothingNamesWhatIsThere() throws IOException {
        sendStream(5_000, FIRST, 3);
        RtpStreams streams = scan();
        assertThatThrownBy(() -> StreamSelection.of(streams, OptionalInt.of(5_001), ANY)).isInstanceOf(CaptureException.class)
            .hasMessageContaining("no H.264 over RTP to port 5001").hasMessageContaining("10.0.0.2:5000 SSRC 0x0000000a");
        assertThatThrownBy(() -> StreamSelection.of(streams, ANY, OptionalInt.of(7))).hasMessageContaining("with SSRC 0x00000007");
        frames.clear();
        send(5_000, hex("00"));
        RtpStreams none = scan();
        assertThatThrownBy(() -> StreamSelection.of(none, ANY, ANY)).hasMessageContaining("1 UDP datagrams, none of them RTP");
    }

    @Test
    void moreStreamsThanAllowedAreCountedOnly() throws IOException {
        for (int ssrc = 0; ssrc <= RtpScan.MAX_STREAMS; ssrc++) {
            send(5_000, RtpDatagram.of(1).ssrc(ssrc).bytes());
        }
        RtpStreams streams = scan();
        assertThat(streams.streams()).hasSize(RtpScan.MAX_STREAMS);
        assertThat(streams.unsorted()).isEqualTo(1);
    }
}
