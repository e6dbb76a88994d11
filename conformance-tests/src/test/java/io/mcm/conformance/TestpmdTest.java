package io.mcm.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.memif.libmemif.LibmemifEngine;
import io.mcm.memif.libmemif.MissingLibraryException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DPDK's memif driver at the other end of the ring, in both roles: dpdk-testpmd sends every packet back as it came. */
@Timeout(300)
class TestpmdTest {

    private static final int BUFFER_LENGTH = 2048;
    private static final int SHORT_BUFFER_LENGTH = 512;
    private static final int FIFTH_OF_A_FRAME = 320;
    private static final int LOG2_RING_SIZE = 10;
    /** Past 65,536, where the rings' indexes wrap. */
    private static final int PACKETS = 66_000;
    /** testpmd drops what does not fit its transmit ring: fewer than a ring are under way at a time, each in up to four buffers. */
    private static final int BURST = 200;
    private static final long UNREAD_NANOS = 200_000_000;
    private static final long PATIENCE = 40_000_000_000L;
    private static final MemifConfig CONFIG = MemifConfig.of(0, "mcm", LOG2_RING_SIZE, BUFFER_LENGTH).withSecret("said to both");

    @TempDir
    Path dir;

    private final Reactor reactor = new Reactor();
    private Path program;
    private Process testpmd;

    /** Ours, and where libmemif is installed the one that binds it. */
    static Stream<MemifEngine> engines() {
        try {
            return Stream.of(new BuiltinEngine(), LibmemifEngine.load(null));
        } catch (MissingLibraryException e) {
            return Stream.of(new BuiltinEngine());
        }
    }

    @BeforeEach
    void find() {
        program = Peer.DPDK_TESTPMD.require();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (testpmd != null) {
            testpmd.destroy();
            if (!testpmd.waitFor(5, TimeUnit.SECONDS)) {
                testpmd.destroyForcibly().waitFor();
            }
        }
        reactor.close();
    }

    /** No device, no huge pages, no files outside of our folder; two logical cores, as it must have, on whatever CPU is ours. */
    private void start(String role, int bufferLength, String... mode) throws IOException {
        start(role, List.of(bufferLength), mode);
    }

    /** With interfaces 0, 1, ... of these buffer lengths. */
    private void start(String role, List<Integer> bufferLengths, String... mode) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--lcores", "0@0,1@0", "--no-pci", "--no-huge", "-m", "256",
            "--no-telemetry", "--no-shconf", "--file-prefix=mcm" + ProcessHandle.current().pid() + role));
        for (int id = 0; id < bufferLengths.size(); id++) {
            command.add("--vdev=net_memif%d,role=%s,id=%d,socket=%s,socket-abstract=no,rsize=%d,bsize=%d,secret=%s".formatted(
                id, role, id, socket(), LOG2_RING_SIZE, bufferLengths.get(id), CONFIG.secret()));
        }
        command.addAll(List.of("--", "--stats-period", "1", "--total-num-mbufs=8192", "--no-flush-rx"));
        command.addAll(List.of(mode));
        testpmd = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile()).start();
    }

    private String socket() {
        return dir.resolve("memif.sock").toString();
    }

    private Path output() {
        return dir.resolve("testpmd.log");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ourClientGetsBackFromTheirServerEveryByteItSends(MemifEngine engine) throws Exception {
        start("server", BUFFER_LENGTH, "--forward-mode=io");
        try (MemifInterface memif = connect(engine)) {
            assertForwarded(memif, memif);
        }
    }

    /** testpmd makes its socket some time after it starts, and its interface some time after that. */
    private MemifInterface connect(MemifEngine engine) throws IOException {
        AtomicReference<MemifInterface> connected = new AtomicReference<>();
        pollUntil(() -> {
            connected.set(tryConnect(engine));
            return connected.get() != null;
        });
        return connected.get();
    }

    private MemifInterface tryConnect(MemifEngine engine) {
        try {
            return engine.connect(reactor, socket(), CONFIG, PATIENCE, System::nanoTime);
        } catch (SystemCallException | PeerException notYet) {
            return null;
        }
    }

    private void pollUntil(BooleanSupplier condition) throws IOException {
        for (long start = System.nanoTime(); !condition.getAsBoolean();) {
            assertThat(System.nanoTime() - start).as(Files.readString(output())).isLessThan(PATIENCE);
            reactor.poll(20_000_000);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ourServerGetsBackFromTheirClientEveryByteItSends(MemifEngine engine) throws Exception {
        try (MemifServer server = engine.listen(reactor, socket())) {
            Connected connected = new Connected();
            server.offer(CONFIG, connected);
            start("client", BUFFER_LENGTH, "--forward-mode=io");
            MemifInterface memif = connected.await();
            assertForwarded(memif, memif);
            testpmd.destroy();
            connected.awaitEnd();
        }
    }

    /** It forwards from an interface whose buffers take whole packets to one whose buffers take a quarter, and back. */
    @ParameterizedTest
    @MethodSource("engines")
    void ourServerPutsTheirChainsTogetherByteForByte(MemifEngine engine) throws Exception {
        try (MemifServer server = engine.listen(reactor, socket())) {
            Connected whole = new Connected();
            Connected chained = new Connected();
            server.offer(CONFIG, whole);
            server.offer(MemifConfig.of(1, "mcm", LOG2_RING_SIZE, SHORT_BUFFER_LENGTH).withSecret(CONFIG.secret()), chained);
            start("client", List.of(BUFFER_LENGTH, SHORT_BUFFER_LENGTH), "--forward-mode=io");
            MemifInterface from = whole.await();
            int gathered = assertForwarded(from, chained.await());
            assertThat(gathered).as("packets in more than one buffer").isGreaterThan(PACKETS / 2);
        }
    }

    /**
     * A packet in n buffers takes n from its free count although only n - 1 were looked for: with just n - 1 left the count wraps, and it
     * publishes more than there is (DPDK 22.11 to 25.11). That is a peer that breaks the rules: it is sent away and counted, and the
     * next one is served. A ring of 1,024 that nobody reads comes to 4 left with packets of 5 buffers: 1,514 bytes in pieces of 320.
     */
    @Test
    void ourServerOutlivesTheirChainsOnAFullRing() throws Exception {
        try (MemifServer server = new BuiltinEngine().listen(reactor, socket())) {
            Connected connected = new Connected();
            server.offer(CONFIG, connected);
            start("client", FIFTH_OF_A_FRAME, "--forward-mode=txonly", "--txpkts=1514");
            takeNowAndThen(connected.await(), connected);
            assertThat(connected.reason).containsAnyOf("ring index at", "chain without an end");
            assertThat(server.counters().get(MemifCounter.EXPELLED)).isEqualTo(1);
            try (MemifInterface ours = new BuiltinEngine().connect(reactor, socket(), CONFIG, PATIENCE, System::nanoTime)) {
                assertThat(ours.isConnected()).isTrue();
            }
        }
    }

    /** Reads so seldom that a driver at full speed fills the ring in between, until it breaks a rule. */
    private void takeNowAndThen(MemifInterface memif, Connected connected) {
        RxQueue rx = memif.rx(0);
        for (long start = System.nanoTime(); connected.memif != null && System.nanoTime() - start < PATIENCE;) {
            leaveUnread();
            for (int n = 0; connected.memif != null && n < 1 << LOG2_RING_SIZE && rx.next(); n++) {
                rx.release(rx.ticket());
            }
            memif.checkPeer();
        }
    }

    private void leaveUnread() {
        for (long start = System.nanoTime(); System.nanoTime() - start < UNREAD_NANOS;) {
            reactor.poll(10_000_000);
        }
    }

    /**
     * All packets that are sent over one interface come back over the other.
     *
     * @return how many of them in a chain
     */
    private int assertForwarded(MemifInterface out, MemifInterface in) {
        TxQueue tx = out.tx(0);
        RxQueue rx = in.rx(0);
        long start = System.nanoTime();
        int received = 0;
        int gathered = 0;
        for (int sent = 0; received < PACKETS;) {
            assertThat(out.isConnected() && in.isConnected() && System.nanoTime() - start < PATIENCE)
                .as(progress(received, sent, in)).isTrue();
            while (sent < PACKETS && sent - received < BURST && tx.claim()) {
                byte[] packet = packet(sent++);
                MemorySegment.copy(packet, 0, tx.segment(), JAVA_BYTE, tx.offset(), packet.length);
                tx.commit(packet.length);
            }
            out.flush();
            while (rx.next()) {
                assertThat(rx.segment().asSlice(rx.offset(), rx.length()).toArray(JAVA_BYTE)).isEqualTo(packet(received++));
                gathered += rx.isGathered() ? 1 : 0;
                rx.release(rx.ticket());
            }
            in.flush();
            reactor.poll(0);
            // Their core spins, and may be ours.
            Thread.yield();
        }
        assertThat(out.checkPeer() && in.checkPeer()).isTrue();
        return gathered;
    }

    /** Told only where it is asked for: with every turn it would be the slowest part. */
    private Supplier<String> progress(int received, int sent, MemifInterface in) {
        return () -> "%d of %d packets came back, %s%n%s".formatted(received, sent, in.disconnectReason(), said());
    }

    private String said() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Of every length that fits, from the shortest that an Ethernet driver passes on. */
    private static byte[] packet(int number) {
        byte[] bytes = new byte[14 + number % (BUFFER_LENGTH - 13)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number + i * 31);
        }
        return bytes;
    }

    private final class Connected implements ConnectionListener {

        private MemifInterface memif;
        private String reason;

        @Override
        public void connected(MemifInterface connected) {
            memif = connected;
        }

        @Override
        public void disconnected(MemifInterface gone, String why) {
            memif = null;
            reason = why;
        }

        MemifInterface await() throws IOException {
            pollUntil(() -> memif != null);
            return memif;
        }

        void awaitEnd() throws IOException {
            pollUntil(() -> memif == null);
        }
    }
}
