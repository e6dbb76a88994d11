package io.mcm.conformance.path;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.target.FreePort;
import io.mcm.control.DeliveryUnit;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Packetizer, UDP, proxy, memif and SDK in one process, with real sockets and real shared memory: any stream comes out as it went in. */
class AnyStreamTest {

    private static final int MAX_NAL_UNIT = 200_000;
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int TICKS = 3600;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Kept, because the log manager forgets what nobody holds. */
    private static final Logger LOG = Logger.getLogger("io.mcm");

    @BeforeContainer
    static void aSessionATryIsNotWorthALine() {
        LOG.setLevel(Level.WARNING);
    }

    @AfterContainer
    static void logAsBefore() {
        LOG.setLevel(null);
    }

    /** Stands for its bytes, so that a failure prints in a line. */
    record NalUnit(int nri, int type, int length, int seed) {

        byte[] bytes() {
            byte[] bytes = new byte[length];
            Random random = new Random(seed);
            for (int at = 0; at < length; at++) {
                bytes[at] = (byte) (1 + random.nextInt(255)); // no start code
            }
            bytes[0] = (byte) (nri << 5 | type);
            return bytes;
        }

        byte[] behindStartCode() {
            byte[] bytes = Arrays.copyOf(START_CODE, START_CODE.length + length);
            System.arraycopy(bytes(), 0, bytes, START_CODE.length, length);
            return bytes;
        }
    }

    @Provide
    Arbitrary<List<List<NalUnit>>> accessUnits() {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(1, 100)), Tuple.of(3, Arbitraries.integers().between(100, 3_000)),
            Tuple.of(1, Arbitraries.integers().between(3_000, MAX_NAL_UNIT)));
        Arbitrary<NalUnit> nalUnits = Combinators.combine(
            Arbitraries.integers().between(0, 3), Arbitraries.integers().between(1, 23), lengths, Arbitraries.integers()).as(NalUnit::new);
        return nalUnits.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(2).ofMaxSize(12);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void everyNalUnitComesOutAsItWentIn(
        @ForAll("accessUnits") List<List<NalUnit>> accessUnits,
        @ForAll @IntRange(min = 300, max = PacketizerConfig.MAX_MAX_PACKET_LENGTH) int maxPacketLength,
        @ForAll boolean aggregate) throws IOException {
        Path folder = Files.createTempDirectory("any-stream");
        int port = FreePort.next();
        SessionConfig config = new SessionConfig(LOOPBACK, folder, DeliveryUnit.NALU, MAX_NAL_UNIT + 100, 6);
        try (MediaProxy proxy = MediaProxy.start(new InetSocketAddress(LOOPBACK, 0), config);
             McmConnection consumer = McmConnection.create(ConnectionRequest.h264(port).withProxy(proxy.controlAddress()));
             DatagramSocket socket = new DatagramSocket()) {
            Packetizer packetizer = packetizer(socket, port, maxPacketLength, aggregate);
            for (int i = 0; i < accessUnits.size(); i++) {
                send(packetizer, i * TICKS, accessUnits.get(i));
                expect(consumer, accessUnits.get(i));
            }
            assertThat(consumer.dequeue(0)).isNull();
        }
        Files.delete(folder);
    }

    private static Packetizer packetizer(DatagramSocket socket, int port, int maxPacketLength, boolean aggregate) {
        PacketizerConfig plain = PacketizerConfig.defaults(1).withMaxPacketLength(maxPacketLength);
        PacketizerConfig config = aggregate ? plain.withAggregation() : plain;
        MemorySegment buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        return new Packetizer(config, 65_530, buffer, (segment, offset, length) -> {
            try {
                socket.send(new DatagramPacket(segment.asSlice(offset, length).toArray(JAVA_BYTE), length, LOOPBACK, port));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void send(Packetizer packetizer, int timestamp, List<NalUnit> accessUnit) {
        packetizer.beginAccessUnit(timestamp);
        for (NalUnit unit : accessUnit) {
            packetizer.nalUnit(MemorySegment.ofArray(unit.bytes()), 0, unit.length());
        }
        packetizer.endAccessUnit();
    }

    private static void expect(McmConnection consumer, List<NalUnit> accessUnit) throws IOException {
        for (NalUnit unit : accessUnit) {
            McmBuffer buffer = consumer.dequeue(PATIENCE_MILLIS);
            assertThat(buffer).as("%s after %d ms", unit, PATIENCE_MILLIS).isNotNull();
            assertThat(Arrays.equals(buffer.data().toArray(JAVA_BYTE), unit.behindStartCode())).as("%s arrived", unit).isTrue();
            consumer.enqueue(buffer);
        }
    }
}
