package io.mcm.conformance.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.Await;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our proxy against the bytes of MCM 24.09's C SDK: control protocol on TCP, memif as libmemif speaks it. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ControlBytesTest {

    private static final int WHOLE = Integer.MAX_VALUE;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();
    private final int udpPort = FreePort.next();
    private ProxyProcess proxy;

    @BeforeEach
    void startProxy() throws Exception {
        proxy = ProxyProcess.start(mcm);
    }

    @ParameterizedTest(name = "in pieces of {0} bytes")
    @ValueSource(ints = {1, 7, 100, WHOLE})
    @Tag("MCM-CTL-31")
    void theRecordedRequestsAreUnderstoodHoweverTheyAreCut(int piece) throws Exception {
        try (Socket tcp = connect()) {
            assertThat(session(tcp, piece)).as("the first session's id, as recorded").isEqualTo(1);
            ConnParam answer = query(tcp, 1, piece);
            assertThat(answer.path()).startsWith(mcm.file("run").toString()).endsWith(".sock");
            send(tcp, RecordedBytes.destroy(1), piece);
            Await.until("the UDP port free again", () -> isFree(udpPort), proxy.process()::toString);
        }
    }

    @Test
    void theAnswerHasItsFieldsWhereCReadsThem() throws Exception {
        try (Socket tcp = connect()) {
            ConnParam answer = query(tcp, session(tcp, WHOLE), WHOLE);
            assertThat(answer.text(ConnParam.APP_NAME)).isEqualTo("memif_rx_0");
            assertThat(answer.text(ConnParam.INTERFACE_NAME)).isEqualTo("memif_rx_0");
            assertThat(answer.u8(ConnParam.NUM_S2M_RINGS)).isEqualTo(1);
            assertThat(answer.u8(ConnParam.NUM_M2S_RINGS)).isEqualTo(1);
            assertThat(answer.u32(ConnParam.BUFFER_SIZE)).isEqualTo(5_184_000);
            assertThat(answer.u8(ConnParam.LOG2_RING_SIZE)).as("the C SDK holds 64 buffers").isEqualTo(6);
            assertThat(answer.u8(ConnParam.IS_MASTER)).isZero();
            assertThat(answer.u32(ConnParam.INTERFACE_ID)).isZero();
            assertThat(answer.u8(ConnParam.MODE)).isZero();
        }
    }

    @Test
    void noPointerGoesOverTheWireBecauseTheSdkWouldCallIt() throws Exception {
        try (Socket tcp = connect()) {
            ConnParam answer = query(tcp, session(tcp, WHOLE), WHOLE);
            assertThat(answer.isZero(ConnParam.TIMER, ConnParam.FUNCTION_POINTERS)).as("timer").isTrue();
            assertThat(answer.isZero(ConnParam.FUNCTION_POINTERS, ConnParam.SOCKET_HANDLE)).as("function pointers").isTrue();
            assertThat(answer.isZero(ConnParam.SOCKET_HANDLE, ConnParam.SECRET)).as("socket handle").isTrue();
            assertThat(answer.isZero(ConnParam.SECRET, ConnParam.NUM_S2M_RINGS)).as("secret").isTrue();
        }
    }

    @Test
    void aLibmemifClientGetsTheStream() throws Exception {
        Capture capture = Captures.named("veth_ff_main_1280x720_2M.pcap");
        try (Socket tcp = connect()) {
            ConnParam answer = query(tcp, session(tcp, WHOLE), WHOLE);
            try (LibmemifClient client = LibmemifClient.connect(answer)) {
                ChildProcess camera = mcm.start("camera", "--to", "127.0.0.1:" + udpPort, "--pcap", capture.file());
                ByteArrayOutputStream received = new ByteArrayOutputStream();
                for (int unit = 0; unit < capture.nalUnits(); unit++) {
                    received.writeBytes(annexB(client.receive()));
                }
                camera.endsWell();
                assertThat(new ByteStream(received.toByteArray()).md5()).isEqualTo(capture.md5());
            }
        }
    }

    /** Behind the 14 bytes of header: sequence and timestamp as in RTP, the length as a C {@code size_t}. */
    private static byte[] annexB(byte[] buffer) {
        ByteBuffer header = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getLong(6)).isEqualTo(buffer.length - 14);
        return Arrays.copyOfRange(buffer, 14, buffer.length);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.controlPort());
    }

    private int session(Socket tcp, int piece) throws IOException {
        send(tcp, RecordedBytes.create(udpPort), piece);
        return ByteBuffer.wrap(oneRead(tcp, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static ConnParam query(Socket tcp, int sessionId, int piece) throws IOException {
        send(tcp, RecordedBytes.query(sessionId), piece);
        return ConnParam.of(oneRead(tcp, RecordedBytes.ANSWER_LENGTH));
    }

    private static void send(Socket tcp, byte[] bytes, int piece) throws IOException {
        tcp.setTcpNoDelay(true);
        for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length)) {
            tcp.getOutputStream().write(bytes, at, Math.min(piece, bytes.length - at));
        }
    }

    /** The SDK does not go on after a short read. */
    private static byte[] oneRead(Socket tcp, int length) throws IOException {
        byte[] bytes = new byte[length + 1];
        assertThat(tcp.getInputStream().read(bytes)).isEqualTo(length);
        return Arrays.copyOf(bytes, length);
    }

    private static boolean isFree(int port) {
        try (DatagramSocket _ = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (SocketException _) {
            return false;
        }
    }
}
