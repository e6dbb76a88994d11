package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import io.mcm.ingest.KernelSource;
import io.mcm.rtp.RtcpCounter;
import io.mcm.rtp.RtcpDatagram;
import io.mcm.rtp.RtpDatagram;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera of plain sockets beside a session with RTCP. Real time: the first report comes 1.0 to 3.1 s after the first packet. */
@Timeout(300)
class ReceiverReportsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int CAMERA = 0xCA;
    private static final int HIGHEST = 5;
    private static final int MAX_WAIT_MILLIS = 10_000;
    /** What is sent on the loopback is there at once. */
    private static final int SILENCE_MILLIS = 200;

    @TempDir
    private Path folder;

    private final Worker worker = new Worker("worker-under-test", System::nanoTime);

    private static KernelSource anyPort() {
        return KernelSource.bind(new InetSocketAddress(LOOPBACK, 0));
    }

    private Session begin(KernelSource rtp, KernelSource rtcp) {
        SessionConfig config = new SessionConfig(LOOPBACK, folder, DeliveryUnit.NALU, 2048, 4).withRtcp(true);
        return Sessions.begin(worker, 1, rtp, rtcp, config);
    }

    private static void send(DatagramSocket from, byte[] bytes, int port) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, port));
    }

    private static ByteBuffer receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout(MAX_WAIT_MILLIS);
        socket.receive(packet);
        return ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static void assertReport(ByteBuffer report, int lastSr) {
        assertThat(report.get(0) & 0xff).isEqualTo(0x81);
        assertThat(report.get(1) & 0xff).isEqualTo(201);
        assertThat(report.getInt(8)).isEqualTo(CAMERA);
        assertThat(report.getInt(12)).as("1 of 5 lost").isEqualTo(256 / 5 << 24 | 1);
        assertThat(report.getInt(16)).isEqualTo(HIGHEST);
        assertThat(report.getInt(24)).isEqualTo(lastSr);
        assertThat(report.get(33) & 0xff).as("SDES in the same compound").isEqualTo(202);
        assertThat(report.get(40)).as("CNAME").isEqualTo((byte) 1);
        assertThat(report.getInt(36)).as("of the same source").isEqualTo(report.getInt(4));
    }

    /** @param last a compound of the same length as {@code report}, and a BYE */
    private static void assertGoodbye(ByteBuffer last, ByteBuffer report) {
        int bye = report.capacity();
        assertThat(last.capacity()).isEqualTo(bye + 8);
        assertThat(last.getInt(bye)).as("BYE of one source").isEqualTo(0x81cb_0001);
        assertThat(last.getInt(bye + 4)).as("its own").isEqualTo(report.getInt(4));
    }

    private static void assertSilence(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[1], 1))).isInstanceOf(SocketTimeoutException.class);
    }

    private static void sendFourOfFive(DatagramSocket camera, int port) throws Exception {
        for (int sequence : new int[] {1, 2, 4, 5}) {
            send(camera, RtpDatagram.of(sequence).ssrc(CAMERA).bytes(), port);
        }
    }

    @Tag("RFC3550-6.1-10")
    @Test
    @DisplayName("RFC 3550 6.4.2: the camera gets a receiver report where its sender report came from")
    void aReportGoesToWhereTheSenderReportCameFrom() throws Exception {
        KernelSource rtp = anyPort();
        KernelSource rtcp = anyPort();
        try (DatagramSocket media = new DatagramSocket(0, LOOPBACK); DatagramSocket control = new DatagramSocket(0, LOOPBACK)) {
            Session session = begin(rtp, rtcp);
            sendFourOfFive(media, rtp.port());
            send(control, RtcpDatagram.report(CAMERA, 0x1234_5678_9abc_def0L, 1).bytes(), rtcp.port());
            ByteBuffer report = receive(control);
            assertReport(report, 0x5678_9abc);
            assertThat(report.getInt(28)).as("DLSR, at most 4 s").isBetween(1, 4 * 65_536);
            assertThat(session.port().rtcpCounters().snapshot()).containsEntry("rtcp_sender_reports", 1L);
            worker.close();
            assertGoodbye(receive(control), report);
            assertSilence(control);
        } finally {
            worker.close();
        }
    }

    @Tag("RFC3550-6.3.7-02")
    @Test
    @DisplayName("RFC 3550 6.3.7: who never sent a report sends no BYE")
    void aSessionThatEndsBeforeItsFirstReportSaysNothing() throws Exception {
        KernelSource rtp = anyPort();
        try (DatagramSocket media = new DatagramSocket(0, LOOPBACK); DatagramSocket control = new DatagramSocket(0, LOOPBACK)) {
            KernelSource rtcp = anyPort();
            Session session = begin(rtp, rtcp);
            sendFourOfFive(media, rtp.port());
            send(control, RtcpDatagram.report(CAMERA, 1, 1).bytes(), rtcp.port());
            while (worker.call(() -> session.port().rtcpCounters().get(RtcpCounter.RTCP_SENDER_REPORTS)) == 0) {
                Thread.onSpinWait();
            }
            worker.close();
            assertSilence(control);
        } finally {
            worker.close();
        }
    }

    @Test
    void withoutRtcpOfTheCameraTheReportGoesToThePortAboveItsRtp() throws Exception {
        KernelSource rtp = anyPort();
        KernelSource rtcp = anyPort();
        try (DatagramSocket media = new DatagramSocket(0, LOOPBACK);
             DatagramSocket control = new DatagramSocket(media.getLocalPort() + 1, LOOPBACK)) {
            begin(rtp, rtcp);
            sendFourOfFive(media, rtp.port());
            assertReport(receive(control), 0);
        } finally {
            worker.close();
        }
    }
}
