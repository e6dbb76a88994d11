package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end, and that nothing of them stays. */
@Timeout(300)
class LifecycleTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "test", 3, 64);

    @TempDir
    Path dir;

    private ProcessResources before;

    @BeforeEach
    void look() {
        before = ProcessResources.now();
    }

    @AfterEach
    void nothingStays() {
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void aClientThatClosesIsHeardOf() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            pair.clientSide.close();
            pair.settle();
            assertThat(pair.reasons).containsExactly("the peer disconnected: interface closed");
            assertThat(pair.clientSide.disconnectReason()).isEqualTo("interface closed");
        }
    }

    @Test
    void aServerThatClosesIsHeardOf() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            pair.server.close();
            pair.settle();
            assertThat(pair.clientSide.disconnectReason()).isEqualTo("the peer disconnected: interface deleted");
            assertThat(pair.reasons).containsExactly("interface deleted");
        }
    }

    @Test
    void eachSideIsToldOnceHoweverOftenTheEndIsAskedFor() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            MemifInterface server = pair.serverSide;
            server.disconnect("first");
            server.disconnect("second");
            server.close();
            pair.server.withdraw(0);
            pair.server.withdraw(0);
            pair.settle();
            assertThat(pair.reasons).containsExactly("first");
            assertThat(pair.clientSide.disconnectReason()).isEqualTo("the peer disconnected: first");
        }
    }

    /** libmemif never says DISCONNECT once connected. */
    @Test
    void aServerThatOnlyClosesItsSocketIsHeardOf() {
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            MemifInterface client = server.connect(CONFIG);
            server.channel().close();
            reactor.poll(0);
            assertThat(client.disconnectReason()).isEqualTo("the peer closed its control socket");
            client.close();
        }
    }

    @Test
    void aClientThatOnlyClosesItsSocketIsHeardOf() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            try (RawClient _ = RawClient.connected(pair)) {
                assertThat(pair.serverSide.isConnected()).isTrue();
            }
            pair.settle();
            assertThat(pair.reasons).containsExactly("the peer closed its control socket");
        }
    }

    @Test
    void aServersQueuesEndWithTheConnection() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            MemifInterface server = pair.serverSide;
            Payload.send(server.tx(0), 1, 10);
            pair.clientSide.close();
            pair.settle();
            assertThat(server.flush()).as("with a packet committed and not published").isFalse();
            assertThat(server.checkPeer()).isFalse();
            assertThatThrownBy(server.tx(0)::publish).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(server.rx(0)::next).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClientReadsWhatWasPublishedBeforeTheEndUntilItClosesItself() {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            RxQueue rx = pair.rx(Role.SERVER);
            Payload.send(pair.tx(Role.SERVER), 1, 10);
            Payload.send(pair.tx(Role.SERVER), 2, 64);
            pair.serverSide.flush();
            pair.serverSide.close();
            pair.settle();
            assertThat(pair.clientSide.isConnected()).isFalse();
            Payload.receive(rx, 1, 10);
            Payload.receive(rx, 2, 64);
            assertThat(rx.next()).isFalse();
            Payload.send(pair.clientSide.tx(0), 3, 1);
            assertThat(pair.clientSide.flush()).isFalse();
            pair.clientSide.close();
            pair.clientSide.close();
            assertThatThrownBy(rx::next).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aWithdrawnInterfaceIsNotGivenToAClientInItsHandshake() {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.of(pair)) {
            raw.expectHello();
            raw.init(CONFIG);
            raw.expect(ControlMessage.Type.ACK);
            raw.memory(CONFIG);
            pair.server.withdraw(0);
            raw.send(raw.message(ControlMessage.Type.CONNECT));
            assertThat(raw.disconnectText()).isEqualTo("interface deleted");
            assertThat(pair.connections).isZero();
        }
    }

    @Test
    void aHundredReconnectsLeaveNothing() {
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            ProcessResources idle = ProcessResources.now();
            for (int i = 0; i < 100; i++) {
                pair.clientSide = pair.connect(CONFIG);
                Payload.send(pair.tx(Role.SERVER), i, 64);
                Payload.send(pair.tx(Role.CLIENT), i, 64);
                assertThat(pair.serverSide.flush() && pair.clientSide.flush()).isTrue();
                Payload.receive(pair.rx(Role.SERVER), i, 64);
                (i % 2 == 0 ? pair.clientSide : pair.serverSide).close();
                pair.settle();
                assertThat(pair.clientSide.isConnected()).isFalse();
                pair.clientSide.close();
            }
            assertThat(pair.connections).isEqualTo(100);
            assertThat(ProcessResources.settled(idle)).isEqualTo(idle);
        }
    }

    /** No connection of ours is waited for on the clock that the machine has: the test's runs as fast as it is asked. */
    @Test
    void aServerThatSaysNothingIsGivenUpInTime() {
        UnixSocket mute = UnixSocket.listen(new UnixAddress(dir + "/mute"), 1);
        long[] now = new long[1];
        try (Reactor reactor = new Reactor()) {
            assertThatThrownBy(() -> BuiltinClient.connect(reactor, dir + "/mute", CONFIG, 10_000_000, () -> now[0] += 4_000_000))
                .isInstanceOf(PeerException.class).hasMessage("no answer to the memif handshake within 10 ms");
        } finally {
            mute.close();
            dir.resolve("mute").toFile().delete();
        }
    }

    /** The one that has dawdled longest goes; whoever is connected stays, and a proper client still gets in. */
    @ParameterizedTest
    @ValueSource(ints = {17, 100})
    void clientsThatNeverSayInitAreBounded(int dawdlers) {
        try (Pair pair = Pair.connected(dir, CONFIG)) {
            UnixSocket[] sockets = new UnixSocket[dawdlers];
            for (int i = 0; i < dawdlers; i++) {
                sockets[i] = UnixSocket.connect(new UnixAddress(pair.path));
                pair.settle();
            }
            assertThat(ProcessResources.now().sockets() - before.sockets()).as("listener, pair, both ends of 16 dawdlers, one end of the rest")
                .isEqualTo(3 + dawdlers + 16);
            Payload.send(pair.tx(Role.SERVER), 1, 64);
            pair.tx(Role.SERVER).publish();
            Payload.receive(pair.rx(Role.SERVER), 1, 64);
            pair.clientSide.close();
            pair.clientSide = pair.connect(CONFIG);
            for (UnixSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aHandlerThatFailsElsewhereOnTheReactorLeavesNoHalfConnection() {
        try (Pair pair = Pair.listening(dir, CONFIG); EventFd other = EventFd.create()) {
            other.signal();
            pair.reactor.add(other.fd(), () -> {
                pair.reactor.remove(other.fd());
                throw new IllegalStateException("another's handler");
            });
            assertThatThrownBy(() -> pair.connect(CONFIG)).hasMessage("another's handler");
            pair.clientSide = pair.connect(CONFIG);
        }
    }
}
