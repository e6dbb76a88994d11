package io.mcm.memif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.memif.EnginePair.From;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every engine does, whichever engine its peer is: with rings, and with connections. */
abstract class MemifContract extends RingContract {

    @Test
    void interfacesOnOneSocketAreToldApartByTheirIds() {
        String path = dir.resolve("many").toString();
        Map<String, MemifInterface> connected = new HashMap<>();
        List<MemifInterface> ours = new ArrayList<>();
        try (Reactor reactor = new Reactor(); MemifServer server = servers().listen(reactor, path)) {
            for (int id : new int[] {0, 7, -1}) {
                server.offer(MemifConfig.of(id, "id " + id, 2, 64), collecting("id " + id, connected));
            }
            for (int id : new int[] {-1, 0, 7}) {
                ours.add(clients().connect(reactor, path, MemifConfig.of(id, "id " + id, 2, 64), EnginePair.PATIENCE, System::nanoTime));
            }
            assertThat(ours).extracting(MemifInterface::peerName).containsExactly("id -1", "id 0", "id 7");
            for (MemifInterface client : ours) {
                Payload.send(client.tx(0), 3, 10);
                client.flush();
                Payload.receive(connected.get(client.peerName()).rx(0), 3, 10);
            }
            assertThatThrownBy(() -> server.offer(MemifConfig.of(7, "again", 2, 64), collecting("again", connected)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("interface id 7 is taken");
            assertThatThrownBy(() ->
                clients().connect(reactor, path, MemifConfig.of(99, "none", 2, 64), EnginePair.PATIENCE, System::nanoTime))
                .isInstanceOf(PeerException.class);
            ours.forEach(MemifInterface::close);
        }
    }

    /** The C SDK and DPDK name themselves there too, so that a peer of our own can be told. */
    @Test
    void bothSidesNameTheirProgramInTheHandshake() {
        String path = dir.resolve("named").toString();
        Map<String, MemifInterface> connected = new HashMap<>();
        String longest = "x".repeat(MemifConfig.NAME_FIELD_LENGTH - 1);
        try (Reactor reactor = new Reactor(); MemifServer server = servers().listen(reactor, path, longest)) {
            server.offer(MemifConfig.of(0, "server's end", 2, 64), collecting("one", connected));
            MemifConfig config = MemifConfig.of(0, "client's end", 2, 64).withApplication("consumer+extras");
            try (MemifInterface client = clients().connect(reactor, path, config, EnginePair.PATIENCE, System::nanoTime)) {
                assertThat(client.peerApplication()).isEqualTo(longest);
                assertThat(client.peerName()).isEqualTo("server's end");
                assertThat(connected.get("one").peerApplication()).isEqualTo("consumer+extras");
                assertThat(connected.get("one").peerName()).isEqualTo("client's end");
            }
        }
    }

    private static ConnectionListener collecting(String name, Map<String, MemifInterface> connected) {
        return new ConnectionListener() {
            @Override
            public void connected(MemifInterface memif) {
                connected.put(name, memif);
            }

            @Override
            public void disconnected(MemifInterface memif, String reason) {
                connected.remove(name);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "4, 1", "3, 3"})
    void everyQueueIsItsOwnWay(int s2m, int m2s) {
        try (EnginePair pair = connected(CONFIG.withRings(s2m, m2s))) {
            exchange(pair.clientSide, pair.serverSide, s2m);
            exchange(pair.serverSide, pair.clientSide, m2s);
        }
    }

    private static void exchange(MemifInterface from, MemifInterface to, int queues) {
        assertThat(from.txQueues()).isEqualTo(to.rxQueues()).isEqualTo(queues);
        for (int queue = 0; queue < queues; queue++) {
            Payload.send(from.tx(queue), queue, 20 + queue);
        }
        assertThat(from.flush()).isTrue();
        for (int queue = 0; queue < queues; queue++) {
            Payload.receive(to.rx(queue), queue, 20 + queue);
            assertThat(to.rx(queue).next()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"open sesame, open sesame, true", "open sesame, '', false", "open sesame, open, false", "'', anything, true"})
    void aSecretMustBeKnown(String servers, String clients, boolean allowed) {
        try (EnginePair pair = listening(CONFIG.withSecret(servers))) {
            if (allowed) {
                assertThat(pair.connect(CONFIG.withSecret(clients)).isConnected()).isTrue();
            } else {
                assertThatThrownBy(() -> pair.connect(CONFIG.withSecret(clients))).isInstanceOf(PeerException.class);
                assertThat(pair.connect(CONFIG.withSecret(servers)).isConnected()).as("the next one").isTrue();
            }
        }
    }

    @Test
    void anAbstractNameServesAsWellAsAFile() {
        String path = "@mcm-contract-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this);
        try (EnginePair pair = EnginePair.listening(servers(), clients(), path, CONFIG)) {
            pair.connect(CONFIG);
            Payload.send(pair.tx(From.SERVER), 1, 64);
            pair.serverSide.flush();
            Payload.receive(pair.rx(From.SERVER), 1, 64);
            assertThatThrownBy(() -> servers().listen(pair.reactor, path)).isInstanceOf(SystemCallException.class)
                .hasMessageContaining("EADDRINUSE");
        }
    }

    @Test
    void whereNobodyListensTheReasonIsTold() {
        try (Reactor reactor = new Reactor()) {
            String path = dir.resolve("none").toString();
            assertThatThrownBy(() -> clients().connect(reactor, path, CONFIG, EnginePair.PATIENCE, System::nanoTime))
                .isInstanceOf(SystemCallException.class).hasMessageContaining("ENOENT");
            assertThatThrownBy(() -> clients().connect(reactor, "@mcm-nobody", CONFIG, EnginePair.PATIENCE, System::nanoTime))
                .isInstanceOf(SystemCallException.class).hasMessageContaining("ECONNREFUSED");
        }
    }

    @Test
    void buffersThatDoNotFitARegionAreRefused() {
        try (EnginePair pair = listening(CONFIG)) {
            assertThatThrownBy(() -> pair.connect(MemifConfig.of(0, "contract", 10, 5_184_000)))
                .isInstanceOf(IllegalArgumentException.class);
            assertThat(pair.connect(CONFIG).isConnected()).isTrue();
        }
    }

    @Test
    void aServerServesOneClientAfterTheOtherAndNothingIsLeftOfThem() {
        try (EnginePair pair = connected(CONFIG)) {
            reconnect(pair);
            ProcessResources before = ProcessResources.now();
            for (int i = 0; i < 20; i++) {
                reconnect(pair);
            }
            assertThat(ProcessResources.settled(before)).isEqualTo(before);
            assertThat(pair.connections).isEqualTo(22);
            assertThat(pair.reasons).hasSize(21).allSatisfy(reason -> assertThat(reason).isNotBlank());
        }
    }

    private static void reconnect(EnginePair pair) {
        pair.clientSide.close();
        pair.pollUntil(() -> pair.serverSide == null);
        pair.connect(CONFIG);
        for (From from : From.values()) {
            Payload.send(pair.tx(from), 5, 500);
            pair.tx(from).publish();
            Payload.receive(pair.rx(from), 5, 500);
        }
    }

    @Test
    void theServersViewsEndWithTheClientAndDoNotCrash() {
        try (EnginePair pair = connected(CONFIG)) {
            Payload.send(pair.tx(From.CLIENT), 5, 500);
            pair.clientSide.flush();
            assertThat(pair.rx(From.CLIENT).next()).isTrue();
            MemorySegment view = pair.rx(From.CLIENT).segment();
            pair.clientSide.close();
            pair.pollUntil(() -> pair.serverSide == null);
            assertThatThrownBy(() -> view.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClientReadsOnAfterTheServerHasLeftAndItsViewsEndWhenItCloses() {
        try (EnginePair pair = connected(CONFIG)) {
            for (int i = 0; i < 5; i++) {
                Payload.send(pair.tx(From.SERVER), i, 300);
            }
            pair.serverSide.flush();
            RxQueue rx = pair.rx(From.SERVER);
            Payload.receive(rx, 0, 300);
            pair.server.withdraw(0);
            pair.pollUntil(() -> !pair.clientSide.isConnected());
            assertThat(pair.clientSide.disconnectReason()).isNotBlank();
            for (int i = 1; i < 5; i++) {
                Payload.receive(rx, i, 300);
            }
            MemorySegment view = rx.segment();
            pair.clientSide.close();
            assertThatThrownBy(() -> view.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
            assertThat(pair.reasons).containsExactly("interface deleted");
        }
    }

    @Test
    void aClientThatTheServerDisconnectsMayComeAgain() {
        try (EnginePair pair = connected(CONFIG)) {
            pair.serverSide.disconnect("misbehaved");
            assertThat(pair.reasons).containsExactly("misbehaved");
            pair.pollUntil(() -> !pair.clientSide.isConnected());
            pair.clientSide.close();
            assertThat(pair.connect(CONFIG).isConnected()).isTrue();
        }
    }

    @Test
    void anOwnerMayDisconnectTheClientAsSoonAsItComes() {
        try (Reactor reactor = new Reactor(); MemifServer server = servers().listen(reactor, dir.resolve("picky").toString())) {
            List<String> reasons = new ArrayList<>();
            server.offer(CONFIG, new ConnectionListener() {
                @Override
                public void connected(MemifInterface memif) {
                    throw new IllegalStateException("not today");
                }

                @Override
                public void disconnected(MemifInterface memif, String reason) {
                    reasons.add(reason);
                }
            });
            for (int i = 1; i <= 3; i++) {
                MemifInterface client =
                    clients().connect(reactor, dir.resolve("picky").toString(), CONFIG, EnginePair.PATIENCE, System::nanoTime);
                while (client.isConnected()) {
                    reactor.poll(1_000_000);
                }
                client.close();
                assertThat(reasons).hasSize(i).allMatch(reason -> reason.equals("the interface's owner failed: not today"));
            }
        }
    }
}
