package io.mcm.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.PeerFilter;
import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.SystemCallException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only kernel sockets do: senders told apart, groups joined, drops counted. All traffic stays on the loopback interface. */
@Timeout(300)
class KernelSourceTest {

    private static final String VETH = "mcm-veth";
    private static final String VETH_ADDRESS = "fd00:6d63:6d::1";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final DatagramBatch batch = new DatagramBatch(8);

    @AfterEach
    void close() {
        batch.close();
    }

    private static KernelSource bind(String ip, SocketConfig config, PeerFilter from) {
        return KernelSource.bind(new InetSocketAddress(InetAddress.ofLiteral(ip), 0), config, from);
    }

    private static PeerFilter only(String ip, int port) {
        return new PeerFilter(new InetSocketAddress(InetAddress.ofLiteral(ip), port));
    }

    private static NetworkInterface loopback() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
    }

    private static DatagramChannel camera(String ip) throws IOException {
        return camera(ip, loopback());
    }

    private static DatagramChannel camera(String ip, NetworkInterface out) throws IOException {
        boolean six = ip.contains(":");
        DatagramChannel channel = DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(InetAddress.ofLiteral(ip), 0));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, out);
        return channel;
    }

    private static int port(DatagramChannel camera) throws IOException {
        return ((InetSocketAddress) camera.getLocalAddress()).getPort();
    }

    /** Not a missing tool, for a container may not make one; ci/run does where it can. Linux routes no IPv6 group over its loopback interface; any other hands back to this machine what it sends to groups. */
    private static NetworkInterface veth() throws IOException {
        NetworkInterface veth = NetworkInterface.getByName(VETH);
        if (veth == null) {
            abort("IPv6 multicast needs an interface that leads nowhere: ip link add " + VETH + " type veth peer name " + VETH
                + "-peer && ip address add " + VETH_ADDRESS + "/64 dev " + VETH + " nodad && ip link set " + VETH + "-peer up && ip link set " + VETH
                + " up");
        }
        return veth;
    }

    private static void send(DatagramChannel camera, int length, String ip, int port) throws IOException {
        camera.send(ByteBuffer.allocate(length), new InetSocketAddress(InetAddress.ofLiteral(ip), port));
    }

    /** Datagrams that came within the patience, of which there should be as many. */
    private int receive(KernelSource source, int expected) {
        int received = 0;
        for (long start = System.nanoTime(); received < expected && System.nanoTime() - start < PATIENCE_NANOS; ) {
            received += source.receive(batch);
        }
        return received;
    }

    private static boolean hasIpv6() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void needsIpv6(String ip) {
        if (ip.contains(":") && !hasIpv6()) {
            abort("no IPv6 on the loopback interface: sysctl -w net.ipv6.conf.lo.disable_ipv6=0");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1, 127.0.0.2", "0.0.0.0, 127.0.0.1, 127.0.0.3", "::1, ::1, ::1", "::, 127.0.0.1, ::1", "::, ::1, 127.0.0.1"})
    void aStrangersPacketsAreCountedAndLeftOut(String bound, String friend, String stranger) throws IOException {
        needsIpv6(bound + friend);
        try (DatagramChannel camera = camera(friend); DatagramChannel other = camera(stranger);
             KernelSource source = bind(bound, SocketConfig.defaults(), only(friend, port(camera)))) {
            String toFriend = bound.equals("::") ? friend : bound.equals("0.0.0.0") ? "127.0.0.1" : bound;
            String toStranger = bound.equals("::") ? stranger : toFriend;
            send(other, 10, toStranger, source.port());
            send(camera, 20, toFriend, source.port());
            send(other, 11, toStranger, source.port());
            send(camera, 21, toFriend, source.port());
            assertThat(receive(source, 2)).isEqualTo(2);
            assertThat(batch.length(batch.count() - 1)).isEqualTo(21);
            assertThat(source.counters().get(IngestCounter.STRANGERS)).isEqualTo(2);
        }
    }

    @Test
    void aHostMaySendFromAnyPortUnlessOneIsNamed() throws IOException {
        try (DatagramChannel first = camera("127.0.0.1"); DatagramChannel second = camera("127.0.0.1");
             KernelSource source = bind("127.0.0.1", SocketConfig.defaults(), only("127.0.0.1", 0))) {
            send(first, 1, "127.0.0.1", source.port());
            send(second, 2, "127.0.0.1", source.port());
            assertThat(receive(source, 2)).isEqualTo(2);
            assertThat(source.counters().get(IngestCounter.STRANGERS)).isZero();
        }
    }

    @Test
    void whatAFullSocketDropsIsCountedApartWhenTheNextOneComes() throws IOException {
        try (DatagramChannel camera = camera("127.0.0.1");
             KernelSource source = bind("127.0.0.1", SocketConfig.defaults().withReceiveBuffer(8_192), null)) {
            int sent = 100;
            for (int i = 0; i < sent; i++) {
                send(camera, 1000, "127.0.0.1", source.port());
            }
            int taken = receive(source, sent);
            assertThat(taken).isBetween(1, sent / 2);
            send(camera, 1000, "127.0.0.1", source.port());
            assertThat(receive(source, 1)).isEqualTo(1);
            assertThat(source.counters().get(IngestCounter.KERNEL_DROPS)).isEqualTo(sent - taken);
        }
    }

    @Test
    void dropsThatNoDatagramHasToldAreCountedAtTheEnd() throws IOException {
        KernelSource source = bind("127.0.0.1", SocketConfig.defaults().withReceiveBuffer(8_192), null);
        int sent = 100;
        try (DatagramChannel camera = camera("127.0.0.1")) {
            for (int i = 0; i < sent; i++) {
                send(camera, 1000, "127.0.0.1", source.port());
            }
        }
        int taken = receive(source, sent);
        source.close();
        assertThat(source.counters().get(IngestCounter.KERNEL_DROPS)).isEqualTo(sent - taken);
    }

    @Test
    void aGroupIsJoinedOnTheInterfaceThatIsNamed() throws IOException {
        SocketConfig config = SocketConfig.defaults().withMulticastInterface(loopback());
        try (KernelSource source = bind("239.255.77.1", config, null); DatagramChannel camera = camera("127.0.0.1")) {
            send(camera, 33, "239.255.77.1", source.port());
            assertThat(receive(source, 1)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(33);
        }
    }

    /** Of every scope: interface-local, link-local, site-local. */
    @ParameterizedTest
    @ValueSource(strings = {"ff01::4d43", "ff02::4d43", "ff15::4d43"})
    void anIpv6GroupIsJoinedWhateverItsScope(String group) throws IOException {
        SocketConfig config = SocketConfig.defaults().withMulticastInterface(veth());
        try (KernelSource source = bind(group, config, null); DatagramChannel camera = camera(VETH_ADDRESS, veth())) {
            send(camera, 33, group, source.port());
            assertThat(receive(source, 1)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(33);
        }
    }

    /** A sender that was not asked for does not even reach the socket: the kernel keeps it away, as routers and switches do with IGMPv3. */
    @Test
    void ofAGroupOnlyTheSourceThatIsNamedIsReceived() throws IOException {
        String group = "232.1.77.1";
        SocketConfig config = SocketConfig.defaults().withMulticastInterface(loopback());
        try (DatagramChannel camera = camera("127.0.0.2"); DatagramChannel stranger = camera("127.0.0.3");
             KernelSource source = bind(group, config, only("127.0.0.2", 0))) {
            send(stranger, 10, group, source.port());
            send(camera, 20, group, source.port());
            assertThat(receive(source, 1)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(20);
            assertThat(source.counters().get(IngestCounter.STRANGERS)).isZero();
        }
    }

    @Test
    void anIpv6GroupHasSourcesToo() throws IOException {
        SocketConfig config = SocketConfig.defaults().withMulticastInterface(veth());
        try (DatagramChannel camera = camera(VETH_ADDRESS, veth());
             KernelSource wanted = bind("ff35::4d43", config, only(VETH_ADDRESS, 0));
             KernelSource other = KernelSource.bind(new InetSocketAddress(InetAddress.ofLiteral("ff35::4d44"), wanted.port()), config,
                 only("2001:db8::1", 0))) {
            send(camera, 20, "ff35::4d43", wanted.port());
            send(camera, 21, "ff35::4d44", wanted.port());
            assertThat(receive(wanted, 1)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(20);
            assertThat(other.receive(batch)).isZero();
            assertThat(other.counters().get(IngestCounter.STRANGERS)).isZero();
        }
    }

    @Test
    void twoGroupsOnOnePortAreNotMixed() throws IOException {
        SocketConfig config = SocketConfig.defaults().withMulticastInterface(loopback());
        try (KernelSource one = bind("239.255.77.1", config, null); DatagramChannel camera = camera("127.0.0.1");
             KernelSource two = KernelSource.bind(new InetSocketAddress(InetAddress.ofLiteral("239.255.77.2"), one.port()), config, null)) {
            send(camera, 2, "239.255.77.2", one.port());
            send(camera, 1, "239.255.77.1", one.port());
            assertThat(receive(one, 1)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(1);
            assertThat(receive(two, 1)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(2);
        }
    }

    @Test
    void aSourceOfTheOtherFamilyIsRefusedAndNothingStaysOpen() throws IOException {
        SocketConfig config = SocketConfig.defaults().withMulticastInterface(loopback());
        ProcessResources before = ProcessResources.now();
        assertThatThrownBy(() -> bind("239.255.77.1", config, only("::1", 0))).isInstanceOf(SystemCallException.class)
            .hasMessageContaining("MCAST_JOIN_SOURCE_GROUP 239.255.77.1 on interface").hasMessageContaining("from 0:0:0:0:0:0:0:1");
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    @Test
    void theBufferGrantedIsTold() {
        try (KernelSource source = bind("127.0.0.1", SocketConfig.defaults().withReceiveBuffer(50_000), null)) {
            assertThat(source.receiveBuffer()).isEqualTo(50_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 4095, 1_073_741_824, Integer.MAX_VALUE})
    void aBufferThatNoKernelGrantsIsRefused(int bytes) {
        assertThatThrownBy(() -> SocketConfig.defaults().withReceiveBuffer(bytes)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("receive buffer of %d bytes, allowed are 4096 to 1073741823", bytes);
    }
}
