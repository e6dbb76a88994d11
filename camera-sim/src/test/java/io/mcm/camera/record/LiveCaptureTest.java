package io.mcm.camera.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.MissingTool;
import io.mcm.camera.send.UdpSender;
import io.mcm.capture.RtpStream;
import io.mcm.capture.RtpStreams;
import io.mcm.cli.EnvironmentException;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveCaptureTest {

    private static final int PORT = 45_780;
    private static final int PACKETS = 300;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    private static LiveCapture open(String networkInterface, OutputStream out) {
        try {
            return LiveCapture.open(networkInterface, PORT, out);
        } catch (EnvironmentException e) {
            if (!e.getMessage().contains("there is none")) {
                MissingTool.report(e.getMessage());
            }
            throw e;
        }
    }

    @Test
    void everyPacketOfTheTwoPortsIsRecordedWithItsTimeAndNoOther() throws IOException {
        Path file = folder.resolve("live.pcapng");
        long before = System.currentTimeMillis();
        try (OutputStream out = Files.newOutputStream(file); LiveCapture capture = open("lo", out);
                UdpSender ours = UdpSender.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
                UdpSender others = UdpSender.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT + 2))) {
            MemorySegment packet = Arena.ofAuto().allocate(1_000);
            packet.set(ValueLayout.JAVA_BYTE, RtpPacket.FIXED_HEADER_LENGTH, (byte) 0x41);
            for (int i = 0; i < PACKETS; i++) {
                RtpPacket.writeHeader(packet, 0, 96, i, i * 90, 5);
                send(ours, packet);
                send(others, packet);
            }
            capture.run(PACKETS, 5 * SECOND);
            assertThat(capture.counters().get(RecordCounter.PACKETS)).isEqualTo(PACKETS);
            assertThat(capture.counters().get(RecordCounter.CUT)).isZero();
        }
        List<RtpStream> streams = RtpStreams.scan(file).streams();
        assertThat(streams).hasSize(1);
        RtpStream stream = streams.getFirst();
        assertThat(stream.flow().destination().port()).isEqualTo(PORT);
        assertThat(stream.packets()).isEqualTo(PACKETS);
        assertThat(stream.lost()).isZero();
        assertThat(stream.firstNanos() / 1_000_000).isBetween(before - 1, System.currentTimeMillis());
    }

    private static void send(UdpSender to, MemorySegment packet) {
        to.send(0, packet, 0, (int) packet.byteSize());
        to.flush();
    }

    @Test
    void aRecordingEndsInTimeAlsoWhereNothingComes() throws IOException {
        long start = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(folder.resolve("quiet.pcapng")); LiveCapture capture = open("lo", out)) {
            capture.run(0, SECOND / 5);
        }
        assertThat(System.nanoTime() - start).isBetween(SECOND / 5, 20 * SECOND);
        assertThat(RtpStreams.scan(folder.resolve("quiet.pcapng")).datagrams()).isZero();
    }

    @Test
    void anUnknownInterfaceIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> open("none0", OutputStream.nullOutputStream())).isInstanceOf(EnvironmentException.class)
            .hasMessageContaining("--interface none0: there is none; there are ").hasMessageContaining("lo");
    }

    @Test
    void theLastPortHasNoneAbove() {
        assertThat(LiveCapture.filter(65_535)).startsWith("udp port 65535 or (ip");
        assertThat(LiveCapture.filter(5_004)).startsWith("udp port 5004 or udp port 5005 or (ip");
    }
}
