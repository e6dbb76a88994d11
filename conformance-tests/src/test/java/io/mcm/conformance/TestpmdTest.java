package io.mcm.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DPDK's memif driver at the other end of the ring, in both roles: dpdk-testpmd sends every packet back as it came. */
@Timeout(60)
class TestpmdTest {

    private static final int BUFFER_LENGTH = 2048;
    private static final int LOG2_RING_SIZE = 8;
    private static final int PACKETS = 5000;
    /** testpmd drops what does not fit its transmit ring: fewer than a ring are under way at a time. */
    private static final int BURST = 32;
    private static final long PATIENCE = 20_000_000_000L;
    private static final MemifConfig CONFIG = MemifConfig.of(0, "mcm", LOG2_RING_SIZE, BUFFER_LENGTH).withSecret("said to both");

    @TempDir
    Path dir;

    private final Reactor reactor = new Reactor();
    private Path program;
    private Process testpmd;

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
        List<String> command = new ArrayList<>(List.of(program.toString(), "--lcores", "0@0,1@0", "--no-pci", "--no-huge", "-m", "256",
            "--no-telemetry", "--no-shconf", "--file-prefix=mcm" + ProcessHandle.current().pid() + role,
            "--vdev=net_memif0,role=" + role + ",id=0,socket=" + socket() + ",socket-abstract=no,rsize=" + LOG2_RING_SIZE
                + ",bsize=" + bufferLength + ",secret=" + CONFIG.secret(),
            "--", "--stats-period", "1", "--total-num-mbufs=8192", "--no-flush-rx"));
        command.addAll(List.of(mode));
        testpmd = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile()).start();
    }

    private String socket() {
        return dir.resolve("memif.sock").toString();
    }

    private Path output() {
        return dir.resolve("testpmd.log");
    }

    @Test
    void ourClientGetsBackFromTheirServerEveryByteItSends() throws Exception {
        start("server", BUFFER_LENGTH, "--forward-mode=io");
        try (MemifInterface memif = connect()) {
            assertEcho(memif);
        }
    }

    /** testpmd makes its socket some time after it starts, and its interface some time after that. */
    private MemifInterface connect() throws IOException {
        AtomicReference<MemifInterface> connected = new AtomicReference<>();
        pollUntil(() -> {
            connected.set(tryConnect());
            return connected.get() != null;
        });
        return connected.get();
    }

    private MemifInterface tryConnect() {
        try {
            return new BuiltinEngine().connect(reactor, socket(), CONFIG, PATIENCE, System::nanoTime);
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

    @Test
    void ourServerGetsBackFromTheirClientEveryByteItSends() throws Exception {
        try (MemifServer server = new BuiltinEngine().listen(reactor, socket())) {
            Connected connected = new Connected();
            server.offer(CONFIG, connected);
            start("client", BUFFER_LENGTH, "--forward-mode=io");
            assertEcho(connected.await());
            testpmd.destroy();
            connected.awaitEnd();
        }
    }

    /**
     * With buffers shorter than its packets it chains them; once the ring is full its free count wraps and it publishes more than
     * there is (DPDK 22.11 to 25.11). That is a peer that breaks the rules: it is sent away, and the next one is served.
     */
    @Test
    void ourServerOutlivesTheirChainsOnAFullRing() throws Exception {
        try (MemifServer server = new BuiltinEngine().listen(reactor, socket())) {
            Connected connected = new Connected();
            server.offer(CONFIG, connected);
            start("client", 512, "--forward-mode=txonly", "--txpkts=1514");
            takeChains(connected.await(), connected);
            assertThat(connected.reason).containsAnyOf("ring index at", "chain without an end", "testpmd");
            try (MemifInterface ours = new BuiltinEngine().connect(reactor, socket(), CONFIG, PATIENCE, System::nanoTime)) {
                assertThat(ours.isConnected()).isTrue();
            }
        }
    }

    /** Until it breaks a rule, or has kept to them for long enough. */
    private void takeChains(MemifInterface memif, Connected connected) {
        RxQueue rx = memif.rx(0);
        for (int packets = 0; connected.memif != null;) {
            while (rx.next()) {
                packets += rx.isGathered() ? 1 : 0;
                rx.release(rx.ticket());
            }
            if (memif.checkPeer() && packets >= PACKETS) {
                memif.disconnect("testpmd has sent enough");
            }
            reactor.poll(0);
        }
    }

    private void assertEcho(MemifInterface memif) throws IOException {
        TxQueue tx = memif.tx(0);
        RxQueue rx = memif.rx(0);
        long start = System.nanoTime();
        int received = 0;
        for (int sent = 0; received < PACKETS;) {
            assertThat(memif.isConnected() && System.nanoTime() - start < PATIENCE)
                .as("%d of %d packets came back, %s\n%s", received, sent, memif.disconnectReason(), Files.readString(output())).isTrue();
            while (sent < PACKETS && sent - received < BURST && tx.claim()) {
                byte[] packet = packet(sent++);
                MemorySegment.copy(packet, 0, tx.segment(), JAVA_BYTE, tx.offset(), packet.length);
                tx.commit(packet.length);
            }
            memif.flush();
            while (rx.next()) {
                assertThat(rx.segment().asSlice(rx.offset(), rx.length()).toArray(JAVA_BYTE)).isEqualTo(packet(received++));
                rx.release(rx.ticket());
            }
            reactor.poll(0);
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
