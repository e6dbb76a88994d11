package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.Payload;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may connect to what, and over which kind of socket. */
@Timeout(300)
class ConnectionTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "test", 3, 64);

    @TempDir
    Path dir;

    private static void assertTraffic(TxQueue tx, RxQueue rx) {
        assertThat(Payload.send(tx, 1, 60)).isTrue();
        tx.publish();
        Payload.receive(rx, 1, 60);
    }

    @Test
    void theNamesOfBothSidesAreTold() {
        try (Pair pair = Pair.connected(dir, MemifConfig.of(0, "the server", 3, 64), MemifConfig.of(0, "the client", 3, 64))) {
            assertThat(pair.serverSide.peerName()).isEqualTo("the client");
            assertThat(pair.clientSide.peerName()).isEqualTo("the server");
            assertThat(pair.serverSide.peerApplication()).isEqualTo(MemifConfig.DEFAULT_APPLICATION);
            assertThat(pair.clientSide.peerApplication()).isEqualTo(MemifConfig.DEFAULT_APPLICATION);
        }
    }

    @Test
    void abstractSocketsCarryTheSame() {
        String name = "@mcm-connection-test-" + ProcessHandle.current().pid();
        try (Pair pair = Pair.listening(name, CONFIG)) {
            pair.clientSide = pair.connect(CONFIG);
            assertTraffic(pair.tx(Role.SERVER), pair.rx(Role.SERVER));
        }
        assertThatThrownBy(() -> BuiltinClient.connect(new Reactor(), name, CONFIG, Pair.PATIENCE, System::nanoTime))
            .hasMessageContaining("ECONNREFUSED");
    }

    @Test
    void aSocketFileThatNobodyListensOnIsReplaced() throws Exception {
        Path file = dir.resolve("memif.sock");
        UnixSocket.listen(new UnixAddress(file.toString()), 1).close();
        assertThat(file).exists();
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            assertTraffic(pair.tx(Role.CLIENT), pair.rx(Role.CLIENT));
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aSocketThatSomebodyListensOnIsNotReplaced() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            assertThatThrownBy(() -> new BuiltinEngine().listen(pair.reactor, pair.path)).isInstanceOf(SystemCallException.class)
                .hasMessageContaining("EADDRINUSE").hasMessageContaining(pair.path);
            pair.settle();
            pair.clientSide = pair.connect(CONFIG);
            assertTraffic(pair.tx(Role.CLIENT), pair.rx(Role.CLIENT));
        }
    }

    /** connect(2) answers ECONNREFUSED for it, as for a stale socket. */
    @Test
    void aFileThatIsNoSocketIsNotReplaced() throws Exception {
        Path file = Files.writeString(dir.resolve("memif.sock"), "somebody's data");
        try (Reactor reactor = new Reactor()) {
            assertThatThrownBy(() -> new BuiltinEngine().listen(reactor, file.toString())).hasMessageContaining("EADDRINUSE");
        }
        assertThat(file).hasContent("somebody's data");
    }

    @Test
    void nobodyListeningIsTheSystemsOwnError() {
        try (Reactor reactor = new Reactor()) {
            assertThatThrownBy(() -> BuiltinClient.connect(reactor, dir + "/none", CONFIG, Pair.PATIENCE, System::nanoTime))
                .isInstanceOf(SystemCallException.class).hasMessageContaining("ENOENT");
        }
    }

    @ParameterizedTest
    @CsvSource({"right, right, ", "right, wrong, Incorrect secret", "right, '', Incorrect secret", "right, righ, Incorrect secret",
        "'', any, "})
    @Tag("MEMIF-3-05")
    void aSecretIsAskedForByTheServerThatHasOne(String servers, String clients, String refusal) {
        try (Pair pair = Pair.listening(dir, CONFIG.withSecret(servers))) {
            if (refusal == null) {
                pair.clientSide = pair.connect(CONFIG.withSecret(clients));
                assertTraffic(pair.tx(Role.SERVER), pair.rx(Role.SERVER));
            } else {
                assertThatThrownBy(() -> pair.connect(CONFIG.withSecret(clients))).isInstanceOf(PeerException.class)
                    .hasMessage("the server refused: " + refusal);
                assertThat(pair.connections).isZero();
            }
        }
    }

    @Test
    void interfacesOnOneSocketAreToldApartByTheirId() {
        Map<Integer, MemifInterface> servers = new HashMap<>();
        try (Reactor reactor = new Reactor(); MemifServer server = new BuiltinEngine().listen(reactor, dir + "/many")) {
            List<MemifInterface> clients = new ArrayList<>();
            for (int id : new int[] {0, 7, -1}) {
                server.offer(MemifConfig.of(id, "id " + id, 3, 64), connection(id, servers));
            }
            for (int id : new int[] {-1, 0, 7}) {
                clients.add(BuiltinClient.connect(reactor, dir + "/many", MemifConfig.of(id, "c", 3, 64), Pair.PATIENCE, System::nanoTime));
            }
            assertThat(clients).extracting(MemifInterface::peerName).containsExactly("id -1", "id 0", "id 7");
            assertTraffic(servers.get(7).tx(0), clients.get(2).rx(0));
            assertTraffic(clients.get(0).tx(0), servers.get(-1).rx(0));
            server.withdraw(7);
            while (reactor.poll(0) > 0) {
                assertThat(clients.get(0).isConnected()).isTrue();
            }
            assertThat(clients).extracting(MemifInterface::disconnectReason)
                .containsExactly(null, null, "the peer disconnected: interface deleted");
            clients.forEach(MemifInterface::close);
        }
    }

    private static ConnectionListener connection(int id, Map<Integer, MemifInterface> servers) {
        return new ConnectionListener() {
            @Override
            public void connected(MemifInterface memif) {
                servers.put(id, memif);
            }

            @Override
            public void disconnected(MemifInterface memif, String reason) {
                servers.remove(id);
            }
        };
    }

    @Test
    void anIdThatIsNotOfferedIsRefusedAndOneThatIsTakenCannotBeOffered() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            assertThatThrownBy(() -> pair.connect(MemifConfig.of(-2, "c", 3, 64)))
                .hasMessage("the server refused: unmatched interface id 4294967294");
            assertThatThrownBy(() -> pair.server.offer(CONFIG, pair)).hasMessageContaining("interface id 0 is taken");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "3, 2", "255, 255"})
    void everyQueueHasItsOwnBuffers(int s2m, int m2s) {
        MemifConfig config = new MemifConfig(0, "many", "", s2m, m2s, 2, 16, true, MemifConfig.DEFAULT_APPLICATION);
        try (Pair pair = Pair.connected(dir, config)) {
            assertThat(pair.serverSide.rxQueues()).isEqualTo(s2m).isEqualTo(pair.clientSide.txQueues());
            assertThat(pair.serverSide.txQueues()).isEqualTo(m2s).isEqualTo(pair.clientSide.rxQueues());
            exchange(pair.clientSide, pair.serverSide);
            exchange(pair.serverSide, pair.clientSide);
        }
    }

    private static void exchange(MemifInterface from, MemifInterface to) {
        for (int packet = 0; packet < 4; packet++) {
            for (int queue = 0; queue < from.txQueues(); queue++) {
                assertThat(Payload.send(from.tx(queue), 4 * queue + packet, 16)).isTrue();
            }
        }
        assertThat(from.flush()).isTrue();
        for (int queue = 0; queue < to.rxQueues(); queue++) {
            for (int packet = 0; packet < 4; packet++) {
                Payload.receive(to.rx(queue), 4 * queue + packet, 16);
            }
        }
    }

    @Test
    void aServerTakesNoMoreRingsThanItsInterfaceHas() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            assertThatThrownBy(() -> pair.connect(CONFIG.withRings(2, 1)))
                .hasMessage("the server refused: ring index 1, expected 1 of at most 1 rings");
        }
    }

    @Test
    void aSecondClientIsRefusedUntilTheFirstHasLeft() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            assertThatThrownBy(() -> pair.connect(CONFIG)).hasMessage("the server refused: Already connected");
            assertTraffic(pair.tx(Role.SERVER), pair.rx(Role.SERVER));
            pair.clientSide.close();
            pair.clientSide = pair.connect(CONFIG);
            assertTraffic(pair.tx(Role.SERVER), pair.rx(Role.SERVER));
            assertThat(pair.connections).isEqualTo(2);
        }
    }

    @Test
    void buffersThatDoNotFitAreRefusedBeforeAnythingIsSent() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            assertThatThrownBy(() -> pair.connect(MemifConfig.of(0, "c", 9, 5_184_000))).isInstanceOf(IllegalArgumentException.class);
            assertThat(pair.reactor.poll(0)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOwnerWhoFailsWhenConnectedLosesThisClientOnly(boolean alsoWithoutAMessage) {
        try (Reactor reactor = new Reactor(); MemifServer server = new BuiltinEngine().listen(reactor, dir + "/failing")) {
            List<String> reasons = new ArrayList<>();
            server.offer(CONFIG, new ConnectionListener() {
                @Override
                public void connected(MemifInterface memif) {
                    throw new IllegalStateException(alsoWithoutAMessage ? null : "no room");
                }

                @Override
                public void disconnected(MemifInterface memif, String reason) {
                    reasons.add(reason);
                }
            });
            MemifInterface client = BuiltinClient.connect(reactor, dir + "/failing", CONFIG, Pair.PATIENCE, System::nanoTime);
            while (reactor.poll(0) > 0) {
                assertThat(reasons).hasSize(1);
            }
            assertThat(client.disconnectReason()).contains("the interface's owner failed");
        }
    }

    /** The owner is told of the old client's end in the midst of the new one's handshake. */
    @Test
    void anOwnerMayCloseTheServerWithinACallbackOfAHandshake() {
        try (Reactor reactor = new Reactor()) {
            MemifServer server = new BuiltinEngine().listen(reactor, dir + "/closing");
            server.offer(CONFIG, new ConnectionListener() {
                @Override
                public void connected(MemifInterface memif) {}

                @Override
                public void disconnected(MemifInterface memif, String reason) {
                    server.close();
                }
            });
            MemifInterface first = BuiltinClient.connect(reactor, dir + "/closing", CONFIG, Pair.PATIENCE, System::nanoTime);
            UnixSocket second =
                UnixSocket.connect(new UnixAddress(dir + "/closing"));
            first.close();
            while (reactor.poll(0) > 0) {
                assertThat(first.isConnected()).isFalse();
            }
            second.close();
            server.close();
            assertThat(dir.resolve("closing")).doesNotExist();
        }
    }
}
