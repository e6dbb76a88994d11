package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are connected and break a rule in shared memory: the queue says false, and the peer is sent away with a reason. */
@Timeout(300)
class HostileRingsTest {

    private static final int LOG2 = 3;
    private static final int SIZE = 1 << LOG2;
    private static final int BUFFER = 64;
    private static final MemifConfig CONFIG = MemifConfig.of(0, "raw", LOG2, BUFFER);
    private static final long BUFFERS_LENGTH = CONFIG.bufferRegionLength();
    private static final int NEXT = RingDescriptor.FLAG_NEXT;

    @TempDir
    Path dir;

    record Misdeed(String name, String reason, Consumer<Ring> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Misdeed index(String name, int index, String reason) {
        return new Misdeed(name, reason, ring -> ring.ownIndexRelease(index));
    }

    /** One descriptor, published. */
    private static Misdeed descriptor(String name, int region, long length, long offset, String reason) {
        return new Misdeed(name, reason, ring -> {
            describe(ring, 0, 0, region, length, offset);
            ring.ownIndexRelease(1);
        });
    }

    private static void describe(Ring ring, int slot, int flags, int region, long length, long offset) {
        ring.firstWord(slot, RingDescriptor.firstWord(flags, region, length));
        ring.secondWord(slot, offset);
    }

    private static Stream<Misdeed> wildIndexes() {
        return Stream.of(
            index("head beyond the ring", SIZE + 1, "ring index at 9, allowed are 0 to 8"),
            index("head half-way round", 0x8000, "ring index at 32768, allowed are 0 to 8"),
            index("head one back", 0xffff, "ring index at 65535, allowed are 0 to 8"));
    }

    private static Stream<Misdeed> wildPlaces() {
        return Stream.of(
            descriptor("length past the region", 1, BUFFERS_LENGTH + 1, 0, "of region 1"),
            descriptor("offset and length past the region", 1, 2, BUFFERS_LENGTH - 1, "of region 1"),
            descriptor("offset past the region", 1, 0, BUFFERS_LENGTH + 1, "of region 1"),
            descriptor("offset + length wraps 32 bits", 1, 0xffff_ffffL, 2, "4294967295 bytes at 2 of region 1"),
            descriptor("offset 2^32 - 1, length 2^32 - 1", 1, 0xffff_ffffL, 0xffff_ffffL, "of region 1"),
            descriptor("region 2 of 2", 2, 1, 0, "of region 2"),
            descriptor("region 65535", 65535, 1, 0, "of region 65535"));
    }

    static Stream<Misdeed> receiving() {
        return Stream.of(wildIndexes(), wildPlaces(), Stream.of(
            new Misdeed("chain without an end in what is published", "chain without an end in the 3 descriptors", ring -> {
                for (int i = 0; i < 3; i++) {
                    describe(ring, i, NEXT, 1, 1, 0);
                }
                ring.ownIndexRelease(3);
            }),
            new Misdeed("NEXT on every descriptor of a full ring", "chain without an end in the 8 descriptors", ring -> {
                for (int i = 0; i < SIZE; i++) {
                    describe(ring, i, NEXT, 1, 1, 0);
                }
                ring.ownIndexRelease(SIZE);
            }),
            new Misdeed("chain into an unknown region", "of region 7", ring -> {
                describe(ring, 0, NEXT, 1, 1, 0);
                describe(ring, 1, 0, 7, 1, 0);
                ring.ownIndexRelease(2);
            }))).flatMap(all -> all);
    }

    static Stream<Misdeed> sending() {
        return Stream.of(wildIndexes(), wildPlaces(), Stream.of(
            descriptor("an empty buffer in an unknown region", 2, 0, 0, "buffer of 0 bytes at 0 of region 2"),
            descriptor("an empty buffer in region 65535", 65535, 0, 0, "of region 65535"))).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("receiving")
    void aServerThatReceivesTakesNothing(Misdeed misdeed) {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            misdeed.act().accept(raw.s2m(LOG2));
            assertThat(pair.serverSide.rx(0).next()).isFalse();
            assertThat(pair.serverSide.rx(0).next()).as("still").isFalse();
            assertSentAway(pair, raw, misdeed.reason());
        }
    }

    @ParameterizedTest
    @MethodSource("sending")
    void aServerThatSendsWritesNothing(Misdeed misdeed) {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            misdeed.act().accept(raw.m2s(LOG2));
            assertThat(pair.serverSide.tx(0).claim()).isFalse();
            assertSentAway(pair, raw, misdeed.reason());
        }
    }

    private static void assertSentAway(Pair pair, RawClient raw, String reason) {
        assertThat(pair.serverSide.flush()).isFalse();
        assertThat(pair.reasons).hasSize(1);
        assertThat(pair.reasons.getFirst()).contains(reason);
        assertThat(raw.disconnectText()).isEqualTo(pair.reasons.getFirst().substring(0, Math.min(95, pair.reasons.getFirst().length())));
        pair.clientSide = pair.connect(CONFIG);
        Payload.send(pair.tx(Role.SERVER), 1, BUFFER);
        assertThat(pair.serverSide.flush()).isTrue();
        Payload.receive(pair.rx(Role.SERVER), 1, BUFFER);
    }

    /** After good traffic, so that the allowed span is not at the ring's start. */
    @ParameterizedTest
    @MethodSource("backwards")
    void anIndexThatGoesBackAfterTrafficIsNotFollowed(int good, int then) {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            Ring ring = raw.s2m(LOG2);
            for (int i = 0; i < good; i++) {
                describe(ring, i, 0, 1, 10, 0);
                ring.ownIndexRelease(i + 1);
                assertThat(pair.serverSide.rx(0).next()).isTrue();
                pair.serverSide.rx(0).release(pair.serverSide.rx(0).ticket());
            }
            ring.ownIndexRelease(then);
            assertThat(pair.serverSide.rx(0).next()).isFalse();
            assertSentAway(pair, raw, "ring index at " + then + ", allowed are " + good);
        }
    }

    static Stream<Object[]> backwards() {
        return Stream.of(new Object[] {5, 4}, new Object[] {5, 0}, new Object[] {8, 17}, new Object[] {100, 99}, new Object[] {100, 109});
    }

    /** A server may write what it likes into our rings: where the buffers lie we know ourselves. */
    static Stream<Misdeed> serversMisdeeds() {
        return Stream.of(
            index("tail beyond what was offered", SIZE + 1, "ring index at 9, allowed are 0 to 8"),
            index("tail back", 0xffff, "ring index at 65535, allowed are 0 to 8"),
            descriptor("packet longer than its buffer", 1, BUFFER + 1, 0, "packet of 65 bytes"),
            descriptor("packet of 4 GiB", 1, 0xffff_ffffL, 0, "packet of 4294967295 bytes"),
            new Misdeed("NEXT on everything", "chain without an end in the 8 descriptors", ring -> {
                for (int i = 0; i < SIZE; i++) {
                    describe(ring, i, NEXT, 1, 1, 0);
                }
                ring.ownIndexRelease(SIZE);
            }));
    }

    @ParameterizedTest
    @MethodSource("serversMisdeeds")
    void aClientThatReceivesTakesNothing(Misdeed misdeed) {
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            MemifInterface client = server.connect(CONFIG);
            misdeed.act().accept(server.ring(1, LOG2));
            assertThat(client.rx(0).next()).isFalse();
            assertThat(client.checkPeer()).isFalse();
            assertThat(client.disconnectReason()).contains(misdeed.reason());
            client.close();
        }
    }

    @ParameterizedTest
    @MethodSource("wildTails")
    void aClientThatSendsClaimsNothing(int tail) {
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            MemifInterface client = server.connect(CONFIG);
            for (int i = 0; i < SIZE; i++) {
                Payload.send(client.tx(0), i, BUFFER);
            }
            client.flush();
            server.ring(0, LOG2).ownIndexRelease(tail);
            assertThat(client.tx(0).claim()).isFalse();
            assertThat(client.flush()).isFalse();
            assertThat(client.disconnectReason()).isEqualTo("ring index at " + tail + ", allowed are 0 to 8");
            client.close();
        }
    }

    static Stream<Integer> wildTails() {
        return Stream.of(SIZE + 1, 0x8000, 0xffff);
    }

    /** Region and offset of a server's descriptor are not looked at. */
    @ParameterizedTest
    @MethodSource("misplacements")
    void aServerCannotMoveAClientsBuffers(int region, long offset) {
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            MemifInterface client = server.connect(CONFIG);
            Ring ring = server.ring(1, LOG2);
            describe(ring, 0, 0, region, 10, offset);
            ring.ownIndexRelease(1);
            assertThat(client.rx(0).next()).isTrue();
            assertThat(client.rx(0).offset()).isEqualTo((long) SIZE * BUFFER);
            client.rx(0).release(client.rx(0).ticket());
            assertThat(RingDescriptor.region(ring.firstWord(0))).isEqualTo(Slots.REGION);
            assertThat(RingDescriptor.length(ring.firstWord(0))).as("offered whole again").isEqualTo(BUFFER);
            assertThat(RingDescriptor.offset(ring.secondWord(0))).isEqualTo((long) SIZE * BUFFER);
            client.close();
        }
    }

    static Stream<Object[]> misplacements() {
        return Stream.of(new Object[] {0, 0L}, new Object[] {65535, 0xffff_ffffL}, new Object[] {1, 0L});
    }
}
