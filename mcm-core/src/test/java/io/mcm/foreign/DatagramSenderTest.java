package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class DatagramSenderTest {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int RECEIVE_BUFFER = 4 << 20;

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        arena.close();
    }

    private static DatagramSocket receiver(String host) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(host));
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static byte[] next(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private MemorySegment memory(List<Integer> lengths) {
        MemorySegment bytes = arena.allocate(1 + lengths.stream().mapToInt(Integer::intValue).sum());
        for (long i = 0; i < bytes.byteSize(); i++) {
            bytes.set(JAVA_BYTE, i, (byte) (i * 31 + (i >> 8)));
        }
        return bytes;
    }

    /** Sends datagrams that lie side by side, and compares what comes. */
    private void sendAndCompare(String host, boolean trains, List<Integer> lengths) throws IOException {
        MemorySegment bytes = memory(lengths);
        try (DatagramSocket receiver = receiver(host); SendBatch batch = new SendBatch(trains);
             DatagramSender sender = DatagramSender.connect((InetSocketAddress) receiver.getLocalSocketAddress(), 0, 0)) {
            long at = 0;
            for (int length : lengths) {
                if (!batch.add(bytes, at, length)) {
                    sender.send(batch);
                    assertThat(batch.add(bytes, at, length)).isTrue();
                }
                at += length;
            }
            sender.send(batch);
            assertThat(batch.isEmpty()).isTrue();
            at = 0;
            for (int length : lengths) {
                assertThat(next(receiver)).isEqualTo(bytes.asSlice(at, length).toArray(JAVA_BYTE));
                at += length;
            }
            assertThat(sender.failures()).as("%s", Errno.text(sender.lastErrno())).isZero();
            assertThat(sender.refusals()).isZero();
        }
    }

    static Stream<Arguments> lengths() {
        return Stream.of("127.0.0.1", "::1").flatMap(host -> Stream.of(true, false).flatMap(trains -> Stream.of(
            Arguments.of("one", host, trains, List.of(1_400)),
            Arguments.of("a picture: equal ones and a shorter last one", host, trains, List.of(1_400, 1_400, 1_400, 1_400, 300)),
            Arguments.of("two pictures", host, trains, List.of(1_400, 1_400, 300, 1_400, 1_400, 17)),
            Arguments.of("unequal ones", host, trains, List.of(10, 20, 30, 20, 10, 10, 11)),
            Arguments.of("an empty one between", host, trains, List.of(100, 0, 100, 100)),
            Arguments.of("more than a train holds", host, trains, IntStream.range(0, 100).mapToObj(_ -> 1_400).toList()),
            Arguments.of("more short ones than a train may have", host, trains, IntStream.range(0, 200).mapToObj(_ -> 12).toList()),
            Arguments.of("more messages than a batch holds", host, trains, IntStream.range(0, 150).mapToObj(i -> 100 + i).toList()),
            Arguments.of("the longest, twice", host, trains, List.of(65_507, 65_507)))));
    }

    @ParameterizedTest(name = "{0} to {1}, trains {2}")
    @MethodSource("lengths")
    void whatIsAddedArrivesInOrderEachDatagramByItself(String what, String host, boolean trains, List<Integer> lengths) throws IOException {
        sendAndCompare(host, trains, lengths);
    }

    @Test
    void datagramsThatAreNotSideBySideAreNoTrain() throws IOException {
        MemorySegment bytes = memory(List.of(400));
        try (DatagramSocket receiver = receiver("127.0.0.1"); SendBatch batch = new SendBatch(true);
             DatagramSender sender = DatagramSender.connect((InetSocketAddress) receiver.getLocalSocketAddress(), 0, 0)) {
            batch.add(bytes, 100, 100);
            batch.add(bytes, 0, 100);
            batch.add(bytes, 300, 100);
            assertThat(batch.prepare()).isEqualTo(3);
            sender.send(batch);
            for (int from : new int[] {100, 0, 300}) {
                assertThat(next(receiver)).isEqualTo(bytes.asSlice(from, 100).toArray(JAVA_BYTE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesBackIsCountedAndEndsNothing(boolean trains) throws IOException {
        InetSocketAddress nobody;
        try (DatagramSocket socket = receiver("127.0.0.1")) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        MemorySegment bytes = memory(List.of(5_000));
        try (SendBatch batch = new SendBatch(trains); DatagramSender sender = DatagramSender.connect(nobody, 0, 0)) {
            for (int i = 0; i < 10; i++) {
                batch.add(bytes, i * 500, 400);
                batch.add(bytes, i * 500 + 400, 100);
                sender.send(batch);
            }
            assertThat(sender.refusals()).isPositive();
            assertThat(sender.failures()).isZero();
        }
    }

    @Test
    void aDatagramThatIsTooLongIsCountedAndTheOthersLeave() throws IOException {
        MemorySegment bytes = memory(List.of(70_000));
        try (DatagramSocket receiver = receiver("127.0.0.1"); SendBatch batch = new SendBatch(true);
             DatagramSender sender = DatagramSender.connect((InetSocketAddress) receiver.getLocalSocketAddress(), 0, 0)) {
            batch.add(bytes, 0, 10);
            batch.add(bytes, 100, 65_600);
            batch.add(bytes, 0, 20);
            sender.send(batch);
            assertThat(next(receiver)).hasSize(10);
            assertThat(next(receiver)).hasSize(20);
            assertThat(sender.failures()).isEqualTo(1);
            assertThat(Errno.text(sender.lastErrno())).contains("EMSGSIZE");
        }
    }

    @Test
    void anAddressWithoutAWayIsToldWithTheReason() {
        assertThatThrownBy(() -> DatagramSender.connect(new InetSocketAddress("255.255.255.255", 9), 0, 0))
            .isInstanceOf(SystemCallException.class).hasMessageContaining("connect(UDP /255.255.255.255:9)").hasMessageContaining("EACCES");
    }

    @Test
    void multicastLeavesByTheInterfaceThatIsNamed() throws IOException {
        int loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getIndex();
        InetSocketAddress group = new InetSocketAddress("239.1.2.3", freePort());
        MemorySegment bytes = memory(List.of(100));
        DatagramBatch got = new DatagramBatch(4);
        try (UdpSocket receiver = UdpSocket.bind(group); SendBatch batch = new SendBatch(true);
             DatagramSender sender = DatagramSender.connect(group, 1, loopback)) {
            receiver.join(group.getAddress(), loopback, null);
            batch.add(bytes, 0, 100);
            sender.send(batch);
            assertThat(receiver.receive(got)).isEqualTo(1);
            assertThat(got.length(0)).isEqualTo(100);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theTimerSlackOfAThreadCanBeSet() throws IOException {
        assertThat(TimerSlack.set(1)).isTrue();
        Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
        assertThat(Files.readAllLines(Path.of("/proc").resolve(thread).resolve("timerslack_ns"))).containsExactly("1");
    }
}
