package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.DescriptorLimit;
import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.UnfitDescriptors;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.Payload;
import io.mcm.memif.builtin.ControlMessage.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Too many clients, too few descriptors, and what the server counts of its clients. */
@Timeout(300)
class CrowdTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "crowd", 3, 64);

    @TempDir
    Path dir;

    @Test
    void withoutAFreeDescriptorConnectionsWaitAndTheReactorDoesNotSpin() {
        ProcessResources before = ProcessResources.now();
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            pair.clientSide.close();
            pair.settle();
            try (UnixSocket _ = UnixSocket.connect(new UnixAddress(pair.path))) {
                int turns = turnsWithoutDescriptors(pair, 200_000_000);
                assertThat(turns).as("turns with something to do, in 200 ms").isBetween(1, 20);
                assertThat(pair.server.counters().get(MemifCounter.ACCEPT_PAUSED)).isBetween(1L, 20L);
            }
            pair.clientSide = pair.connect(CONFIG);
        }
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    /** It loads no class: there would be no descriptor to read it with. */
    private static int turnsWithoutDescriptors(Pair pair, long nanos) {
        int turns = 0;
        try (DescriptorLimit _ = DescriptorLimit.reached()) {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                turns += pair.reactor.poll(10_000_000);
            }
        }
        return turns;
    }

    private Process flood(String path) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
            Flood.class.getName(), path).inheritIO().start();
    }

    /** Another process that connects, and says nothing, as fast as it can. */
    static final class Flood {

        private Flood() {}

        public static void main(String[] args) {
            List<UnixSocket> sockets = new ArrayList<>();
            while (true) {
                try {
                    sockets.add(UnixSocket.connect(new UnixAddress(args[0])));
                } catch (RuntimeException full) {
                    Thread.onSpinWait();
                }
                if (sockets.size() > 1000) {
                    sockets.forEach(UnixSocket::close);
                    sockets.clear();
                }
            }
        }
    }

    @Test
    void aFloodOfAnotherProcessDoesNotPushOutAClientInItsHandshake() throws Exception {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient slow = RawClient.of(pair)) {
            slow.expectHello();
            Process flood = flood(pair.path);
            try {
                while (pair.server.counters().get(MemifCounter.CROWDED_OUT) < 500) {
                    pair.reactor.poll(10_000_000);
                }
                slow.init(CONFIG);
                slow.expect(Type.ACK);
                slow.memory(CONFIG);
                slow.send(slow.message(Type.CONNECT));
                slow.expect(Type.CONNECTED);
            } finally {
                flood.destroyForcibly();
                flood.waitFor();
            }
        }
    }

    @Test
    void everyClientIsCountedAndSoIsHowItEnded() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            pair.clientSide.close();
            pair.settle();
            for (int i = 0; i < 2; i++) {
                RawClient.connected(pair).close();
                pair.settle();
            }
            try (RawClient raw = RawClient.connected(pair)) {
                raw.s2m(3).ownIndexRelease(100);
                assertThat(pair.serverSide.rx(0).next()).isFalse();
                assertThat(pair.serverSide.flush()).isFalse();
            }
            try (RawClient raw = RawClient.connected(pair)) {
                raw.send(raw.message(Type.ACK));
            }
            try (RawClient raw = RawClient.of(pair)) {
                raw.send(raw.message(Type.ACK));
            }
            try (RawClient _ = RawClient.connected(pair)) {
                pair.server.withdraw(0);
            }
            assertThat(pair.server.counters().snapshot()).isEqualTo(Map.of("memif_connected", 6L, "memif_left", 3L, "memif_expelled", 2L,
                "memif_dismissed", 1L, "memif_refused", 1L, "memif_crowded_out", 0L, "memif_accept_paused", 0L));
        }
    }

    /** O_NONBLOCK belongs to the eventfd that both hold. Two turns of the watch, then it is over for good. */
    @Test
    void aClientThatMakesUsWaitOnItsEventFdIsSentAwayAndMayNotComeBack() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            try (RawClient raw = RawClient.connected(pair)) {
                for (int i = 0; i < 8; i++) {
                    new Slots(512, 64, 8).offer(raw.m2s(3), i);
                }
                raw.m2s(3).ownIndexRelease(8);
                UnfitDescriptors.makeBlocking(raw.interrupt.fd());
                UnfitDescriptors.fill(raw.interrupt.fd());
                Payload.send(pair.serverSide.tx(0), 1, 10);
                long start = System.nanoTime();
                assertThat(pair.serverSide.flush()).isFalse();
                assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
                assertThat(raw.disconnectText()).isEqualTo("the peer made us wait to signal: its eventfd is blocking, and full");
            }
            try (RawClient again = RawClient.of(pair)) {
                again.expectHello();
                again.init(CONFIG);
                assertThat(again.disconnectText()).isEqualTo("interface closed: a client was hostile");
            }
            assertThat(pair.server.counters().get(MemifCounter.EXPELLED)).isEqualTo(1);
        }
    }
}
