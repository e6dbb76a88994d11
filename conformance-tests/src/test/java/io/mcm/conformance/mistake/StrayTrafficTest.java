package io.mcm.conformance.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What else arrives at a proxy while a stream runs: none of it takes anything from the stream. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class StrayTrafficTest {

    private static final byte[] THREE_BYTES = {(byte) 0x80, 0x60, 0};
    private static final byte[] RTP_VERSION_1 = HexFormat.of().parseHex("406000010000000000000001" + "65010203");
    private static final byte[] CUT_CSRC_LIST = HexFormat.of().parseHex("8f6000010000000000000001");
    private static final byte[] NOT_MCM = "GET / HTTP/1.1\r\n\r\n".getBytes();
    private static final long EVERY_MILLIS = 5;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void aStreamLosesNothingWhileGarbageComesToItsPortAndToTheNextAndToTheControlPort() throws Exception {
        Capture capture = Captures.named("veth_ff_main_1280x720_2M.pcap");
        ProxyProcess proxy = ProxyProcess.start(mcm, "--ring-size", 10, "--buffer-size", 1_000_000);
        int port = FreePort.next();
        int next = FreePort.next();
        Path received = mcm.file("received.h264");
        ChildProcess recv = proxy.recv(port, "--out", received, "--idle", 2);
        proxy.recv(next);
        ChildProcess camera = mcm.start("camera", "--to", "127.0.0.1:" + port, "--pcap", capture.file());
        long sent = disturb(camera, proxy.controlPort(), port, next);
        camera.endsWell();
        recv.endsWell();
        assertThat(ByteStream.read(received).md5()).as(proxy.process()::toString).isEqualTo(capture.md5());
        assertThat(proxy.counter("rtp_wrong_version", next)).isEqualTo(sent);
        assertThat(proxy.counter("rtp_overrun", next)).isEqualTo(sent);
        assertThat(proxy.counter("rtp_too_short", next)).isEqualTo(2 * sent).isPositive();
        assertThat(proxy.process().isRunning()).isTrue();
        assertThat(proxy.process().err()).doesNotContain("Exception").contains("magic");
    }

    /** While the camera runs. */
    private long disturb(ChildProcess camera, int control, int... ports) throws IOException, InterruptedException {
        long sent = 0;
        try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
            for (; camera.isRunning(); sent++) {
                for (int port : ports) {
                    send(socket, port, THREE_BYTES, RTP_VERSION_1, CUT_CSRC_LIST, new byte[0]);
                }
                try (Socket tcp = new Socket(loopback, control)) {
                    tcp.getOutputStream().write(NOT_MCM);
                }
                Thread.sleep(EVERY_MILLIS);
            }
        }
        return sent;
    }

    private void send(DatagramSocket socket, int port, byte[]... datagrams) throws IOException {
        for (byte[] bytes : datagrams) {
            socket.send(new DatagramPacket(bytes, bytes.length, loopback, port));
        }
    }
}
