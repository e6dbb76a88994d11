package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.SeveralDescriptors;
import io.mcm.foreign.SharedMemory;
import io.mcm.foreign.UnfitDescriptors;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;
import io.mcm.memif.builtin.ControlMessage.Type;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that break the protocol: each is sent away with a reason, and another client of the same server notices nothing. */
@Timeout(300)
class HostileClientTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "raw", 3, 64);
    private static final MemifConfig BYSTANDER = MemifConfig.of(1, "bystander", 3, 64);
    private static final long RINGS_LENGTH = 2 * RingDescriptor.length(3);

    @TempDir
    Path dir;

    /** What a client does, and a piece of the reason that it is told. */
    record Misdeed(String name, String reason, Consumer<RawClient> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Misdeed onHello(String name, String reason, Consumer<RawClient> act) {
        return new Misdeed(name, reason, raw -> {
            raw.expectHello();
            act.accept(raw);
        });
    }

    private static Misdeed afterInit(String name, String reason, Consumer<RawClient> act) {
        return onHello(name, reason, raw -> {
            raw.init(CONFIG);
            raw.expect(Type.ACK);
            act.accept(raw);
        });
    }

    private static Misdeed afterRegions(String name, String reason, Consumer<RawClient> act) {
        return afterInit(name, reason, raw -> {
            raw.regions(CONFIG);
            act.accept(raw);
        });
    }

    private static Misdeed afterRings(String name, String reason, Consumer<RawClient> act) {
        return afterInit(name, reason, raw -> {
            raw.memory(CONFIG);
            act.accept(raw);
        });
    }

    private static Misdeed whenConnected(String name, String reason, Consumer<RawClient> act) {
        return afterRings(name, reason, raw -> {
            raw.send(raw.message(Type.CONNECT));
            raw.expect(Type.CONNECTED);
            act.accept(raw);
        });
    }

    /** A ring's message with one thing wrong, and a good eventfd. */
    private static Misdeed badRing(String name, String reason, Consumer<ControlMessage> wrong) {
        return afterRegions(name, reason, raw -> {
            ControlMessage ring = raw.ring(ControlMessage.RING_FLAG_S2M, 0, 0, 3);
            wrong.accept(ring);
            raw.send(ring.bytes(), raw.interrupt.fd());
        });
    }

    private static Misdeed badRegion(String name, String reason, long announced, long actual) {
        return afterInit(name, reason, raw -> {
            try (SharedMemory memory = SharedMemory.create("raw", actual)) {
                raw.send(raw.region(0, announced).bytes(), memory.fd());
            }
        });
    }

    static Stream<Misdeed> misdeeds() {
        return Stream.of(messages(), sequences(), regions(), rings(), descriptors()).flatMap(all -> all);
    }

    private static Stream<Misdeed> messages() {
        Stream<Misdeed> sizes = Stream.of(1, 2, 127, 129, 4096).map(length -> onHello(
            "message of " + length + " bytes", "Invalid message size: " + length,
            raw -> raw.send(Arena.ofAuto().allocate(length), -1)));
        Stream<Misdeed> connected = Stream.of(1, 127, 129).map(length -> whenConnected(
            "message of " + length + " bytes when connected", "Invalid message size: " + length,
            raw -> raw.send(Arena.ofAuto().allocate(length), -1)));
        return Stream.concat(Stream.concat(sizes, connected), Stream.of(
            onHello("empty message", "the peer closed", raw -> raw.send(Arena.ofAuto().allocate(1).asSlice(0, 0), -1)),
            onHello("type 9", "unexpected NONE", raw -> raw.send(raw.message(Type.ACK).u16(0, 9))),
            onHello("type 65535", "unexpected NONE", raw -> raw.send(raw.message(Type.ACK).u16(0, 0xffff)))));
    }

    private static Stream<Misdeed> sequences() {
        Stream<Misdeed> first = Stream.of(Type.NONE, Type.ACK, Type.HELLO, Type.CONNECT, Type.CONNECTED).map(type -> onHello(
            type + " instead of INIT", "unexpected " + type, raw -> raw.send(raw.message(type))));
        Stream<Misdeed> connected = Stream.of(Type.NONE, Type.ACK, Type.HELLO, Type.INIT, Type.CONNECT, Type.CONNECTED)
            .map(type -> whenConnected(type + " when connected", "unexpected " + type + " when connected",
                raw -> raw.send(raw.message(type))));
        return Stream.concat(Stream.concat(first, connected), Stream.of(
            onHello("version 1", "incompatible version 256, this is 512",
                raw -> raw.send(raw.initMessage(CONFIG).u16(ControlMessage.INIT_VERSION_OFFSET, 0x100))),
            afterInit("INIT twice", "unexpected INIT in state EXPECT_MEMORY", raw -> raw.init(CONFIG)),
            afterInit("CONNECT without memory", "CONNECT without a ring", raw -> raw.send(raw.message(Type.CONNECT))),
            afterRegions("CONNECT without a ring", "CONNECT without a ring", raw -> raw.send(raw.message(Type.CONNECT))),
            onHello("ADD_REGION before INIT", "unexpected ADD_REGION in state EXPECT_INIT",
                raw -> raw.send(raw.region(0, 4096).bytes(), raw.interrupt.fd())),
            onHello("ADD_RING before INIT", "unexpected ADD_RING in state EXPECT_INIT",
                raw -> raw.send(raw.ring(1, 0, 0, 3).bytes(), raw.interrupt.fd())),
            whenConnected("ADD_REGION when connected", "unexpected ADD_REGION when connected",
                raw -> raw.send(raw.region(2, 4096).bytes(), raw.rings.fd())),
            whenConnected("ADD_RING when connected", "unexpected ADD_RING when connected",
                raw -> raw.send(raw.ring(1, 1, 0, 3).bytes(), raw.interrupt.fd())),
            afterRings("wrong cookie", "wrong cookie", raw -> {
                raw.rings.segment().set(JAVA_BYTE, RingDescriptor.COOKIE_OFFSET, (byte) 0);
                raw.send(raw.message(Type.CONNECT));
            })));
    }

    private static Stream<Misdeed> regions() {
        long fourGibibytes = 1L << 32;
        return Stream.of(
            badRegion("region larger than its memory", "region 0 of 4097 bytes, its memory has 4096", 4097, 4096),
            badRegion("region of nothing", "region 0 of 0 bytes", 0, 4096),
            badRegion("region of a negative size", "region 0 of -1 bytes", -1, 4096),
            badRegion("region of the least size there is", "bytes, its memory has 4096", Long.MIN_VALUE, 4096),
            badRegion("region of more than 4 GiB", "at most 4294967296", fourGibibytes + 1, fourGibibytes + 4096),
            afterInit("region index 1 first", "region index 1, expected 0",
                raw -> raw.send(raw.region(1, 8).bytes(), raw.interrupt.fd())),
            afterInit("region index 65535", "region index 65535, expected 0",
                raw -> raw.send(raw.region(65535, 8).bytes(), raw.interrupt.fd())),
            afterRegions("region twice", "region index 1, expected 2", raw -> raw.send(raw.region(1, 8).bytes(), raw.buffers.fd())),
            afterInit("eventfd as memory", "its memory has 0", raw -> raw.send(raw.region(0, 8).bytes(), raw.interrupt.fd())),
            afterInit("socket as memory", "its memory has 0", raw -> raw.send(raw.region(0, 8).bytes(), raw.socket.fd())),
            afterInit("unsealed memory", "not a memfd with F_SEAL_SHRINK",
                raw -> UnfitDescriptors.withUnsealedMemfd(4096, fd -> raw.send(raw.region(0, 4096).bytes(), fd))),
            afterInit("regular file as memory", "not a memfd with F_SEAL_SHRINK",
                raw -> UnfitDescriptors.withFile(4096, fd -> raw.send(raw.region(0, 4096).bytes(), fd))),
            afterInit("memory that may not be written", "EPERM",
                raw -> UnfitDescriptors.withSealedAgainstWriting(4096, fd -> raw.send(raw.region(0, 4096).bytes(), fd))),
            afterInit("region without a descriptor", "ADD_REGION with 0 file descriptors, expected 1",
                raw -> raw.send(raw.region(0, 8))),
            afterInit("257 regions", "region index 256, expected 255", raw -> {
                try (SharedMemory memory = SharedMemory.create("raw", 4096)) {
                    for (int i = 0; i <= Regions.MAX_REGIONS; i++) {
                        raw.send(raw.region(i, 4096).bytes(), memory.fd());
                                            }
                }
            }));
    }

    private static Stream<Misdeed> rings() {
        return Stream.of(
            badRing("log2 size 15", "log2 ring size 15, at most 14", m -> m.u8(ControlMessage.RING_LOG2_SIZE_OFFSET, 15)),
            badRing("log2 size 255", "log2 ring size 255, at most 14", m -> m.u8(ControlMessage.RING_LOG2_SIZE_OFFSET, 255)),
            badRing("log2 size beyond the region", "ring of 262272 bytes at 0 of region 0, which has " + RINGS_LENGTH,
                m -> m.u8(ControlMessage.RING_LOG2_SIZE_OFFSET, 14)),
            badRing("private header", "private headers not supported: 8", m -> m.u16(ControlMessage.RING_PRIVATE_HEADER_OFFSET, 8)),
            badRing("ring index 1 first", "ring index 1, expected 0", m -> m.u16(ControlMessage.RING_INDEX_OFFSET, 1)),
            badRing("ring index 65535", "ring index 65535, expected 0", m -> m.u16(ControlMessage.RING_INDEX_OFFSET, 65535)),
            badRing("region 2 of 2", "of region 2, which has 0", m -> m.u16(ControlMessage.RING_REGION_OFFSET, 2)),
            badRing("region 65535", "of region 65535, which has 0", m -> m.u16(ControlMessage.RING_REGION_OFFSET, 65535)),
            badRing("ring one step past the region's end", "ring of 256 bytes at 272", m -> m.u32(ControlMessage.RING_OFFSET_OFFSET, 272)),
            badRing("offset 2^32 - 16", "at 4294967280 of region 0", m -> m.u32(ControlMessage.RING_OFFSET_OFFSET, -16)),
            badRing("offset not aligned", "rings are aligned to 16", m -> m.u32(ControlMessage.RING_OFFSET_OFFSET, 8)),
            afterRings("one ring more than the interface has", "ring index 1, expected 1 of at most 1",
                raw -> raw.send(raw.ring(0, 1, 0, 3).bytes(), raw.interrupt.fd())),
            afterRings("the same ring again", "ring index 0, expected 1",
                raw -> raw.send(raw.ring(0, 0, 0, 3).bytes(), raw.interrupt.fd())),
            afterRegions("memfd as interrupt", "not an eventfd", raw -> raw.send(raw.ring(1, 0, 0, 3).bytes(), raw.buffers.fd())),
            afterRegions("socket as interrupt", "not an eventfd", raw -> raw.send(raw.ring(1, 0, 0, 3).bytes(), raw.socket.fd())),
            afterRegions("ring without a descriptor", "ADD_RING with 0 file descriptors", raw -> raw.send(raw.ring(1, 0, 0, 3))));
    }

    private static Stream<Misdeed> descriptors() {
        Stream<Misdeed> several = Stream.of(2, 4, 253).map(count -> afterInit(
            "region with " + count + " descriptors", "ADD_REGION with " + Math.min(count, 4) + " file descriptors",
            raw -> SeveralDescriptors.send(raw.socket, raw.region(0, 8).bytes(), raw.interrupt.fd(), count)));
        Stream<Misdeed> unasked = Stream.of(Type.ACK, Type.INIT, Type.CONNECT, Type.DISCONNECT).map(type -> onHello(
            type + " with a descriptor", type + " with 1 file descriptors, expected 0",
            raw -> raw.send(raw.message(type).bytes(), raw.interrupt.fd())));
        return Stream.of(several, unasked, Stream.of(
            whenConnected("DISCONNECT with a descriptor when connected", "DISCONNECT with 1 file descriptors",
                raw -> raw.send(raw.message(Type.DISCONNECT).bytes(), raw.interrupt.fd())))).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void isSentAwayWithAReasonAndABystanderLosesNothing(Misdeed misdeed) {
        ProcessResources before = ProcessResources.now();
        Map<String, MemifInterface> bystanders = new TreeMap<>();
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            MemifInterface bystander = bystander(pair, bystanders);
            exchange(bystander, bystanders.get("server"));
            try (RawClient raw = RawClient.of(pair)) {
                misdeed.act().accept(raw);
                assertThat(raw.disconnectText()).contains(misdeed.reason());
            }
            exchange(bystander, bystanders.get("server"));
            bystander.close();
            pair.clientSide = pair.connect(CONFIG);
            assertThat(pair.serverSide.isConnected()).as("the next client gets the interface").isTrue();
        }
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    private static MemifInterface bystander(Pair pair, Map<String, MemifInterface> connected) {
        pair.server.offer(BYSTANDER, new ConnectionListener() {
            @Override
            public void connected(MemifInterface memif) {
                connected.put("server", memif);
            }

            @Override
            public void disconnected(MemifInterface memif, String reason) {}
        });
        return pair.connect(BYSTANDER);
    }

    private static void exchange(MemifInterface client, MemifInterface server) {
        for (int i = 0; i < 20; i++) {
            Payload.send(client.tx(0), i, 64);
            Payload.send(server.tx(0), i, 64);
            assertThat(client.flush() && server.flush()).isTrue();
            Payload.receive(client.rx(0), i, 64);
            Payload.receive(server.rx(0), i, 64);
        }
    }

    /** It makes us answer and never reads: our answers fill its socket, and we do not wait. */
    @Test
    void aClientThatNeverReadsItsSocketIsSentAwayOnceItIsFull() {
        try (Pair pair = Pair.listening(dir, CONFIG.withRings(255, 255)); RawClient raw = RawClient.of(pair)) {
            raw.expectHello();
            raw.init(CONFIG);
            raw.expect(Type.ACK);
            raw.regions(CONFIG);
            for (int i = 2; i < Regions.MAX_REGIONS; i++) {
                raw.socket.send(raw.region(i, 512).bytes(), raw.buffers.fd());
                pair.settle();
            }
            for (int i = 0; i < 255; i++) {
                raw.socket.send(raw.ring(ControlMessage.RING_FLAG_S2M, i, 0, 3).bytes(), raw.interrupt.fd());
                pair.settle();
            }
            int unread = 0;
            for (Type answer = raw.answer(); answer != null; answer = raw.answer()) {
                assertThat(answer).isEqualTo(Type.ACK);
                unread++;
            }
            assertThat(unread).as("answers until the socket was full").isBetween(1, 500);
            pair.clientSide = pair.connect(CONFIG);
        }
    }

    /** At every stage of the handshake; half of the noise has a type that is taken there. */
    @Property(tries = 300)
    void randomMessagesNeverThrowAndTheServerGoesOn(
        @ForAll @Size(128) byte[] noise, @ForAll @IntRange(max = 10) int type, @ForAll @IntRange(max = 3) int stage,
        @ForAll @IntRange(min = 2, max = 128) int zeroFrom, @ForAll boolean withDescriptor) {
        try (Pair pair = Pair.listening("@mcm-noise-" + ProcessHandle.current().pid(), CONFIG); RawClient raw = RawClient.of(pair)) {
            advance(raw, stage);
            ControlMessage message = raw.message(Type.NONE);
            for (int i = 0; i < zeroFrom; i++) {
                message.u8(i, noise[i]);
            }
            message.u16(ControlMessage.TYPE_OFFSET, type);
            raw.socket.send(message.bytes(), withDescriptor ? raw.interrupt.fd() : -1);
            pair.settle();
            MemifInterface bystander = bystander(pair, new TreeMap<>());
            assertThat(bystander.isConnected()).isTrue();
            bystander.close();
        }
    }

    private static void advance(RawClient raw, int stage) {
        raw.expectHello();
        if (stage > 0) {
            raw.init(CONFIG);
            raw.expect(Type.ACK);
        }
        if (stage > 1) {
            raw.regions(CONFIG);
        }
        if (stage > 2) {
            raw.send(raw.ring(ControlMessage.RING_FLAG_S2M, 0, 0, 3).bytes(), raw.interrupt.fd());
            raw.expect(Type.ACK);
        }
    }

    @Test
    void anEventFdThatIsFullDoesNotMakeAPublishWait() {
        try (Pair pair = Pair.listening(dir, CONFIG); RawClient raw = RawClient.connected(pair)) {
            UnfitDescriptors.fill(raw.interrupt.fd());
            Ring ring = raw.m2s(3);
            for (int i = 0; i < 8; i++) {
                new Slots(512, 64, 8).offer(ring, i);
            }
            ring.ownIndexRelease(8);
            Payload.send(pair.serverSide.tx(0), 1, 10);
            assertThat(pair.serverSide.flush()).isTrue();
        }
    }
}
