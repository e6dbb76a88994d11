package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.ProcessResources;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;
import io.mcm.memif.builtin.ControlMessage.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Hostile clients one after the other on one server, in random order and number, beside an honest one that stays connected. After every round
 * the honest client's packets have arrived whole, and nothing of the hostile ones is left in this process.
 */
final class HostileRounds implements AutoCloseable {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "raw", 3, 64);
    private static final MemifConfig BYSTANDER = MemifConfig.of(1, "bystander", 3, 64);
    private static final int MAX_AT_ONCE = 3;
    private static final int MAX_PACKETS = 20;

    private enum Kind { BROKEN_PROTOCOL, BROKEN_RECEIVE_RING, BROKEN_SEND_RING, SCRIBBLED_RINGS, NOISE, SILENCE, DEATH_IN_HANDSHAKE, HONEST }

    private final Random random;
    private final Pair pair;
    private final MemifInterface client;
    private MemifInterface server;
    private final ProcessResources idle;
    private final List<HostileClientTest.Misdeed> protocol = HostileClientTest.misdeeds().toList();
    private final List<HostileRingsTest.Misdeed> receiving = HostileRingsTest.receiving().toList();
    private final List<HostileRingsTest.Misdeed> sending = HostileRingsTest.sending().toList();
    private final Map<Kind, Long> kinds = new TreeMap<>();
    private long rounds;
    private int packets;

    HostileRounds(String path, long seed) {
        random = new Random(seed);
        pair = Pair.listening(path, CONFIG);
        pair.server.offer(BYSTANDER, new ConnectionListener() {
            @Override
            public void connected(MemifInterface memif) {
                server = memif;
            }

            @Override
            public void disconnected(MemifInterface memif, String reason) {
                server = null;
            }
        });
        client = pair.connect(BYSTANDER);
        idle = ProcessResources.now();
    }

    void round() {
        List<Runnable> ends = new ArrayList<>();
        for (int i = random.nextInt(MAX_AT_ONCE); i >= 0; i--) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            kinds.merge(kind, 1L, Long::sum);
            misbehave(kind, ends);
            exchange();
        }
        ends.forEach(Runnable::run);
        pair.settle();
        pair.reasons.clear();
        assertThat(ProcessResources.settled(idle)).as("round %d", rounds).isEqualTo(idle);
        rounds++;
    }

    /** @param ends what of the misdeed goes on until the end of the round */
    private void misbehave(Kind kind, List<Runnable> ends) {
        switch (kind) {
            case BROKEN_PROTOCOL -> breakProtocol();
            case BROKEN_RECEIVE_RING -> breakRing(pick(receiving), true);
            case BROKEN_SEND_RING -> breakRing(pick(sending), false);
            case SCRIBBLED_RINGS -> scribble();
            case NOISE -> noise();
            case SILENCE -> ends.add(RawClient.of(pair)::close);
            case DEATH_IN_HANDSHAKE -> die(random.nextInt(4));
            case HONEST -> beHonest();
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void breakProtocol() {
        HostileClientTest.Misdeed misdeed = pick(protocol);
        try (RawClient raw = RawClient.of(pair)) {
            misdeed.act().accept(raw);
            assertThat(raw.disconnectText()).as("%s", misdeed).contains(misdeed.reason());
        }
    }

    private void breakRing(HostileRingsTest.Misdeed misdeed, boolean receives) {
        try (RawClient raw = RawClient.connected(pair)) {
            misdeed.act().accept(receives ? raw.s2m(3) : raw.m2s(3));
            assertThat(receives ? pair.serverSide.rx(0).next() : pair.serverSide.tx(0).claim()).as("%s", misdeed).isFalse();
            assertThat(pair.serverSide.flush()).isFalse();
        }
    }

    private void scribble() {
        try (RawClient raw = RawClient.connected(pair)) {
            for (int turn = 0; turn < 50 && pair.serverSide != null; turn++) {
                ScribbleTest.scribble(raw.rings.segment(), random);
                ScribbleTest.turn(pair.serverSide, random);
            }
        }
        pair.settle();
    }

    private void noise() {
        try (RawClient raw = RawClient.of(pair)) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                ControlMessage message = raw.message(Type.NONE);
                for (int at = 0; at < ControlMessage.LENGTH; at++) {
                    message.u8(at, random.nextInt());
                }
                message.u16(ControlMessage.TYPE_OFFSET, random.nextInt(10));
                raw.socket.send(message.bytes(), random.nextBoolean() ? raw.interrupt.fd() : -1);
                pair.settle();
            }
        }
    }

    private void die(int step) {
        try (RawClient raw = RawClient.of(pair)) {
            if (step > 0) {
                raw.expectHello();
                raw.init(CONFIG);
                raw.expect(Type.ACK);
            }
            if (step > 1) {
                raw.memory(CONFIG);
            }
            if (step > 2) {
                raw.send(raw.message(Type.CONNECT));
            }
        }
    }

    private void beHonest() {
        try (MemifInterface honest = pair.connect(CONFIG)) {
            Payload.send(honest.tx(0), packets, 64);
            assertThat(honest.flush()).isTrue();
            Payload.receive(pair.serverSide.rx(0), packets, 64);
        }
        pair.settle();
    }

    private void exchange() {
        for (int i = random.nextInt(MAX_PACKETS); i >= 0; i--) {
            int length = random.nextInt(65);
            Payload.send(client.tx(0), packets, length);
            Payload.send(server.tx(0), packets, length);
            assertThat(client.flush() && server.flush()).isTrue();
            Payload.receive(client.rx(0), packets, length);
            Payload.receive(server.rx(0), packets, length);
            packets++;
        }
    }

    long rounds() {
        return rounds;
    }

    String report() {
        return "%d rounds; the bystander: %d packets each way, every byte right%n  misdeeds: %s%n  server: %s%n  held: %s%n".formatted(
            rounds, packets, kinds, pair.server.counters().snapshot(), idle);
    }

    /** Every client that was connected has an end, but for the bystander. */
    void checkCounters() {
        Map<String, Long> counts = pair.server.counters().snapshot();
        long ends = Stream.of(MemifCounter.LEFT, MemifCounter.EXPELLED, MemifCounter.DISMISSED).mapToLong(counter -> counts.get(counter.label())).sum();
        assertThat(counts.get(MemifCounter.CONNECTED.label())).isEqualTo(ends + 1);
    }

    @Override
    public void close() {
        client.close();
        pair.close();
    }
}
