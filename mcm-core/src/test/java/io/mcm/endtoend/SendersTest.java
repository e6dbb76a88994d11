package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.Address;
import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlClient;
import io.mcm.control.DeliveryUnit;
import io.mcm.control.PayloadCodec;
import io.mcm.control.PayloadType;
import io.mcm.control.TransferType;
import io.mcm.control.TransportProtocol;
import io.mcm.control.VideoFormat;
import io.mcm.ingest.KernelTransport;
import io.mcm.ingest.SocketConfig;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SenderRule;
import io.mcm.proxy.SessionConfig;
import io.mcm.rtp.RtpDatagram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose packets the sessions of a proxy take, and from which group. */
@Timeout(300)
class SendersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private MediaProxy proxy(SenderRule senders) throws IOException {
        SessionConfig config = Mesh.config(folder, DeliveryUnit.NALU).withSenders(senders);
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
        return MediaProxy.start(at("127.0.0.1", 0), config, new KernelTransport(SocketConfig.defaults().withMulticastInterface(loopback)), 1);
    }

    private static ConnectionParam param(Address local, Address remote) {
        return new ConnectionParam(TransferType.RX, TransportProtocol.AUTO, local, remote, "", false, 0, PayloadType.RTSP_VIDEO, PayloadCodec.NONE,
            VideoFormat.UNSAID, VideoFormat.UNSAID, 0, 0, 0);
    }

    private static DatagramChannel camera(String ip) throws IOException {
        DatagramChannel camera = DatagramChannel.open(StandardProtocolFamily.INET).bind(at(ip, 0));
        return camera.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1")));
    }

    /** A stranger with the camera's own SSRC and the next sequence number: nothing but its address tells. */
    private static void sendBoth(String to, int port) throws IOException {
        try (DatagramChannel camera = camera("127.0.0.2"); DatagramChannel stranger = camera("127.0.0.3")) {
            camera.send(ByteBuffer.wrap(RtpDatagram.of(1).bytes()), at(to, port));
            stranger.send(ByteBuffer.wrap(RtpDatagram.of(2).bytes()), at(to, port));
            camera.send(ByteBuffer.wrap(RtpDatagram.of(3).bytes()), at(to, port));
        }
    }

    private static long count(MediaProxy proxy, String label) {
        return proxy.reports().iterator().next().counters().get(label);
    }

    @ParameterizedTest
    @CsvSource({"any, 127.0.0.9, 3, 0", "session, 127.0.0.2, 2, 1", "session, 127.0.0.3, 1, 2", "session, '', 3, 0", "127.0.0.2, 127.0.0.9, 2, 1"})
    void aStrangerIsKeptOutWhereTheRuleSaysSo(String rule, String remote, int packets, int strangers) throws IOException {
        int port = Mesh.freePort();
        try (MediaProxy proxy = proxy(SenderRule.parse(rule)); ControlClient client = ControlClient.connect(proxy.controlAddress(), PATIENCE)) {
            client.create(param(new Address("", port), new Address(remote, 0)));
            sendBoth("127.0.0.1", port);
            Mesh.await(() -> count(proxy, "packets") + count(proxy, "strangers") == 3);
            assertThat(count(proxy, "packets")).isEqualTo(packets);
            assertThat(count(proxy, "strangers")).isEqualTo(strangers);
        }
    }

    @Test
    void aSessionThatNamesAGroupReceivesIt() throws IOException {
        int port = Mesh.freePort();
        try (MediaProxy proxy = proxy(SenderRule.SESSION); ControlClient client = ControlClient.connect(proxy.controlAddress(), PATIENCE)) {
            client.create(param(new Address("232.1.77.9", port), new Address("127.0.0.2", 0)));
            sendBoth("232.1.77.9", port);
            Mesh.await(() -> count(proxy, "packets") == 2);
            assertThat(count(proxy, "strangers")).as("kept away by the kernel").isZero();
        }
    }

    @Test
    void aSessionThatNamesAHostForItsSenderIsRefusedWithAReason() throws IOException {
        try (MediaProxy proxy = proxy(SenderRule.SESSION); ControlClient client = ControlClient.connect(proxy.controlAddress(), PATIENCE)) {
            int port = Mesh.freePort();
            assertThatThrownBy(() -> client.create(param(new Address("", port), new Address("camera.local", 0)))).isInstanceOf(IOException.class);
            assertThat(proxy.reports()).isEmpty();
        }
    }

    @Test
    void sessionsThatShareAPortMustNameTheSameSender() throws IOException {
        int port = Mesh.freePort();
        try (MediaProxy proxy = proxy(SenderRule.SESSION); ControlClient first = ControlClient.connect(proxy.controlAddress(), PATIENCE);
             ControlClient second = ControlClient.connect(proxy.controlAddress(), PATIENCE);
             ControlClient third = ControlClient.connect(proxy.controlAddress(), PATIENCE)) {
            first.create(param(new Address("", port), new Address("127.0.0.2", 0)));
            second.create(param(new Address("", port), new Address("127.0.0.2", 0)));
            assertThatThrownBy(() -> third.create(param(new Address("", port), new Address("127.0.0.3", 0)))).isInstanceOf(IOException.class);
            assertThat(proxy.reports()).hasSize(2);
        }
    }
}
