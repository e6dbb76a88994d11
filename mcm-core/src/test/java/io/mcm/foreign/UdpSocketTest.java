package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpSocketTest {

    private static final int SLOTS = 8;

    private final DatagramBatch batch = new DatagramBatch(SLOTS);

    @AfterEach
    void close() {
        batch.close();
    }

    private static UdpSocket bind(String host) throws IOException {
        return UdpSocket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
    }

    private static void send(String host, int port, byte[] payload) throws IOException {
        try (DatagramSocket sender = new DatagramSocket()) {
            sender.send(new DatagramPacket(payload, payload.length, InetAddress.getByName(host), port));
        }
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + length);
        }
        return bytes;
    }

    private byte[] datagram(int i) {
        return batch.slab().asSlice(batch.offset(i), batch.length(i)).toArray(JAVA_BYTE);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "::1, ::1", "::, ::1", "::, 127.0.0.1", "127.0.0.2, 127.0.0.2"})
    void receivesOnAnAddressOfEitherFamily(String bound, String to) throws IOException {
        assumeTrue(!bound.contains(":") || hasIpv6(), "no IPv6 on this machine");
        try (UdpSocket socket = bind(bound)) {
            send(to, socket.port(), pattern(100));
            assertThat(socket.receive(batch)).isEqualTo(1);
            assertThat(datagram(0)).isEqualTo(pattern(100));
        }
    }

    private static boolean hasIpv6() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** 65,507 is IPv4's largest: 65,535 less the IPv4 and the UDP header. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1472, 9000, 65_507})
    void everyLengthOfADatagramArrivesWhole(int length) throws IOException {
        try (UdpSocket socket = bind("127.0.0.1")) {
            send("127.0.0.1", socket.port(), pattern(length));
            assertThat(socket.receive(batch)).isEqualTo(1);
            assertThat(datagram(0)).isEqualTo(pattern(length));
        }
    }

    @Test
    void aBatchFillsInOrderAndTheRestComesWithTheNext() throws IOException {
        try (UdpSocket socket = bind("127.0.0.1")) {
            for (int i = 0; i < SLOTS + 3; i++) {
                send("127.0.0.1", socket.port(), pattern(i));
            }
            assertThat(socket.receive(batch)).isEqualTo(SLOTS);
            assertThat(batch.isFull()).isTrue();
            for (int i = 0; i < SLOTS; i++) {
                assertThat(datagram(i)).isEqualTo(pattern(i));
            }
            assertThat(socket.receive(batch)).isEqualTo(3);
            assertThat(batch.isFull()).isFalse();
            assertThat(datagram(2)).isEqualTo(pattern(SLOTS + 2));
            assertThat(socket.receive(batch)).isZero();
            assertThat(batch.count()).isZero();
        }
    }

    /** A slot keeps the bytes of the datagram before: a shorter one after it must not show them as its own. */
    @Test
    void aShortDatagramAfterALongOneIsShort() throws IOException {
        try (UdpSocket socket = bind("127.0.0.1")) {
            send("127.0.0.1", socket.port(), pattern(1000));
            socket.receive(batch);
            send("127.0.0.1", socket.port(), pattern(3));
            socket.receive(batch);
            assertThat(datagram(0)).isEqualTo(pattern(3));
        }
    }

    @Test
    void slotsDoNotOverlapAtTheLargestDatagram() throws IOException {
        try (UdpSocket socket = bind("127.0.0.1")) {
            send("127.0.0.1", socket.port(), pattern(65_507));
            send("127.0.0.1", socket.port(), pattern(65_506));
            assertThat(socket.receive(batch)).isEqualTo(2);
            assertThat(Arrays.equals(datagram(0), pattern(65_507))).isTrue();
            assertThat(Arrays.equals(datagram(1), pattern(65_506))).isTrue();
        }
    }

    @Test
    void aPortInUseIsRefusedByItsAddress() throws IOException {
        try (UdpSocket socket = bind("127.0.0.1")) {
            InetSocketAddress same = new InetSocketAddress("127.0.0.1", socket.port());
            assertThatThrownBy(() -> UdpSocket.bind(same)).isInstanceOf(SystemCallException.class)
                .hasMessageContaining("127.0.0.1:" + socket.port()).hasMessageContaining("EADDRINUSE, address in use");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        assertThatThrownBy(() -> bind("192.0.2.1")).hasMessageContaining("EADDRNOTAVAIL");
    }

    @Test
    void aNameWithoutAnAddressIsRefused() {
        assertThatThrownBy(() -> UdpSocket.bind(InetSocketAddress.createUnresolved("camera.invalid", 1)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("camera.invalid");
    }

    @Test
    void theReceiveBufferGrantedIsTold() throws IOException {
        try (UdpSocket socket = bind("127.0.0.1")) {
            assertThat(socket.requestReceiveBuffer(50_000)).isEqualTo(100_000);
            assertThat(socket.requestReceiveBuffer(Integer.MAX_VALUE / 2)).isPositive();
        }
    }

    @Test
    void socketsAreReadableInAReactorAndLeaveNothing() throws IOException {
        ProcessResources before = ProcessResources.now();
        int[] received = new int[1];
        try (Reactor reactor = new Reactor(); UdpSocket socket = bind("127.0.0.1")) {
            reactor.add(socket.fd(), () -> received[0] += socket.receive(batch));
            send("127.0.0.1", socket.port(), pattern(10));
            reactor.poll(-1);
            reactor.remove(socket.fd());
        }
        assertThat(received[0]).isEqualTo(1);
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1025})
    void aBatchOfASizeThatTheKernelDoesNotTakeIsRefused(int slots) {
        assertThatThrownBy(() -> new DatagramBatch(slots)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("allowed are 1 to 1024");
    }
}
