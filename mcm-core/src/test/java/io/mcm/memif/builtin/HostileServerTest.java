package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.PeerException;
import io.mcm.memif.builtin.ControlMessage.Type;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that break the protocol: the client gives up with a reason and keeps nothing. */
@Timeout(300)
class HostileServerTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "client", 3, 64);

    @TempDir
    Path dir;

    /** How one answer is bent: the n-th, HELLO being number 0. */
    private record Misdeed(String name, String reason, int answer, UnaryOperator<ControlMessage> bend) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Misdeed type(Type type, int answer, String reason) {
        return new Misdeed(type + " as answer " + answer, reason, answer, _ -> RawServer.message(type));
    }

    /** Answers to INIT, two regions and two rings are ACK; number 6 is CONNECTED. */
    static Stream<Misdeed> misdeeds() {
        Stream<Misdeed> sizes = Stream.of(1, 2, 127).flatMap(length -> Stream.of(0, 1, 6).map(answer -> new Misdeed(
            length + " bytes as answer " + answer, "Invalid message size: " + length, answer,
            message -> new ControlMessage(message.bytes().asSlice(0, length)))));
        return Stream.concat(sizes, Stream.of(
            new Misdeed("empty answer", "the peer closed", 1, message -> new ControlMessage(message.bytes().asSlice(0, 0))),
            new Misdeed("version 3 only", "the server speaks memif 768 to 768, this is 512", 0, hello -> hello
                .u16(ControlMessage.HELLO_MIN_VERSION_OFFSET, 0x300).u16(ControlMessage.HELLO_MAX_VERSION_OFFSET, 0x300)),
            new Misdeed("version 1 only", "the server speaks memif 256 to 256, this is 512", 0, hello -> hello
                .u16(ControlMessage.HELLO_MIN_VERSION_OFFSET, 0x100).u16(ControlMessage.HELLO_MAX_VERSION_OFFSET, 0x100)),
            new Misdeed("number 9", "unexpected NONE", 0, hello -> hello.u16(ControlMessage.TYPE_OFFSET, 9)),
            type(Type.NONE, 0, "unexpected NONE"),
            type(Type.ACK, 0, "unexpected ACK in state EXPECT_HELLO"),
            type(Type.CONNECTED, 0, "unexpected CONNECTED in state EXPECT_HELLO"),
            type(Type.INIT, 0, "unexpected INIT"),
            type(Type.HELLO, 1, "unexpected HELLO in state EXPECT_ACK"),
            type(Type.CONNECTED, 1, "unexpected CONNECTED in state EXPECT_ACK"),
            type(Type.CONNECTED, 5, "unexpected CONNECTED in state EXPECT_ACK"),
            type(Type.ACK, 6, "unexpected ACK in state EXPECT_CONNECTED"),
            type(Type.ADD_RING, 6, "ADD_RING with 0 file descriptors"),
            type(Type.DISCONNECT, 0, "the server refused: "),
            type(Type.DISCONNECT, 6, "the server refused: ")));
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void isGivenUpWithAReason(Misdeed misdeed) {
        ProcessResources before = ProcessResources.now();
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            int[] answers = new int[1];
            server.bend(answer -> answers[0]++ == misdeed.answer() ? misdeed.bend().apply(answer) : answer);
            assertThatThrownBy(() -> server.connect(CONFIG)).isInstanceOf(PeerException.class).hasMessageContaining(misdeed.reason());
        }
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "6"})
    void aServerThatFallsSilentIsGivenUpInTime(int answer) {
        long[] now = new long[1];
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            int[] answers = new int[1];
            server.bend(message -> answers[0]++ >= answer ? null : message);
            assertThatThrownBy(() -> BuiltinClient.connect(reactor, dir + "/raw", CONFIG, 20_000_000, () -> now[0] += 1_000_000))
                .hasMessage("no answer to the memif handshake within 20 ms");
        }
    }

    /** VPP, DPDK and libmemif differ in what they announce. */
    @ParameterizedTest
    @CsvSource({"0, 0, 14, 1, 1, 3", "255, 255, 14, 4, 4, 3", "1, 2, 2, 3, 2, 2", "255, 255, 0, 4, 4, 0"})
    void aClientAsksForNoMoreThanTheServerHas(int maxM2s, int maxS2m, int maxLog2, int s2m, int m2s, int log2) {
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            server.bend(message -> message.type() != Type.HELLO ? message : message
                .u16(ControlMessage.HELLO_MAX_M2S_RING_OFFSET, maxM2s).u16(ControlMessage.HELLO_MAX_S2M_RING_OFFSET, maxS2m)
                .u8(ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET, maxLog2));
            try (MemifInterface client = server.connect(CONFIG.withRings(4, 4))) {
                assertThat(client.txQueues()).isEqualTo(s2m);
                assertThat(client.rxQueues()).isEqualTo(m2s);
                assertThat(client.tx(0).size()).isEqualTo(1 << log2);
            }
        }
    }

    @Test
    void anAnswerWithGarbageWhereItsTypeHasNothingIsTaken() {
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, dir + "/raw")) {
            server.bend(message -> {
                int from = message.type() == Type.HELLO ? ControlMessage.HELLO_MAX_LOG2_RING_SIZE_OFFSET + 1 : Short.BYTES;
                message.bytes().asSlice(from).fill((byte) 0x5e);
                return message;
            });
            try (MemifInterface client = server.connect(CONFIG)) {
                assertThat(client.peerName()).isEqualTo("^".repeat(ControlMessage.NAME_LENGTH));
            }
        }
    }

    @Property(tries = 300)
    void randomAnswersNeverThrowAnythingElse(
        @ForAll @Size(128) byte[] noise, @ForAll @IntRange(max = 10) int type, @ForAll @IntRange(max = 6) int answer) {
        ProcessResources before = ProcessResources.now();
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, "@mcm-answers-" + ProcessHandle.current().pid())) {
            int[] answers = new int[1];
            server.bend(message -> answers[0]++ != answer ? message : noise(message, noise, type));
            try (MemifInterface client = server.connect(CONFIG)) {
                assertThat(client.isConnected()).isTrue();
            } catch (PeerException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    private static ControlMessage noise(ControlMessage message, byte[] noise, int type) {
        for (int i = 0; i < noise.length; i++) {
            message.u8(i, noise[i]);
        }
        return message.u16(ControlMessage.TYPE_OFFSET, type);
    }
}
