package io.mcm.sdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.MemifParam;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that are not ours, and such as break the rules. */
@Timeout(300)
class OddProxyTest {

    private static final long PATIENCE_MILLIS = 60_000;

    /** Sequence 0x1122, timestamp 0x01020304, 7 bytes: a start code of three bytes and a NAL unit of three, and a zero before. */
    private static final byte[] GOOD = HexFormat.of().parseHex("1122" + "01020304" + "0700000000000000" + "00000001" + "65aabb");

    private static void assertGood(McmBuffer unit) {
        assertThat(HexFormat.of().formatHex(unit.data().toArray(JAVA_BYTE))).isEqualTo("00000001" + "65aabb");
        assertThat(unit.sequence()).isEqualTo(0x1122);
        assertThat(unit.timestamp()).isEqualTo(0x01020304);
        assertThat(unit.length()).isEqualTo(7);
    }

    private static byte[] withPayloadLength(String hexLittleEndian) {
        byte[] bytes = GOOD.clone();
        System.arraycopy(HexFormat.of().parseHex(hexLittleEndian), 0, bytes, 6, 8);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "0800000000000000, one byte more than the buffer has",
        "00004f0000000000, more than the memory has",
        "f8ffffffffffffff, 2^64 - 8 as upstream after a packet of 6 bytes",
        "0000000000000080, 2^63",
        "ffffffffffffff7f, 2^63 - 1"})
    void aHeaderLongerThanItsBufferIsCountedAndTheStreamGoesOn(String length, String what) throws Exception {
        try (FakeProxy proxy = FakeProxy.good(); McmConnection connection = McmConnection.create(proxy.request())) {
            for (int i = 0; i < 20; i++) {
                proxy.deliver(withPayloadLength(length), GOOD.length);
                proxy.deliver(GOOD, GOOD.length);
                McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
                assertGood(unit);
                connection.enqueue(unit);
                assertThat(connection.counters().get(SdkCounter.MALFORMED)).as(what).isEqualTo(i + 1);
            }
            assertThat(connection.counters().snapshot()).containsEntry("buffers", 20L).containsEntry("bytes", 140L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13})
    void aBufferShorterThanItsHeaderIsCountedAndTheStreamGoesOn(int length) throws Exception {
        try (FakeProxy proxy = FakeProxy.good(); McmConnection connection = McmConnection.create(proxy.request())) {
            proxy.deliver(GOOD, length);
            proxy.deliver(GOOD, GOOD.length);
            assertGood(connection.dequeue(PATIENCE_MILLIS));
            assertThat(connection.counters().get(SdkCounter.MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void aHeaderAloneIsAUnitOfNoBytes() throws Exception {
        try (FakeProxy proxy = FakeProxy.good(); McmConnection connection = McmConnection.create(proxy.request())) {
            proxy.deliver(withPayloadLength("0000000000000000"), 14);
            assertThat(connection.dequeue(PATIENCE_MILLIS).length()).isZero();
        }
    }

    /** The 24.09 proxy never trims the descriptor: it always says 5,184,000. */
    @Test
    void aDescriptorOfTheWholeBufferIsReadUpToTheHeadersLength() throws Exception {
        int upstream = 5_184_000;
        try (FakeProxy proxy = FakeProxy.answering(param -> with(param, upstream, 8, false));
             McmConnection connection = McmConnection.create(proxy.request())) {
            proxy.deliver(Arrays.copyOf(GOOD, 100), upstream);
            assertGood(connection.dequeue(PATIENCE_MILLIS));
        }
    }

    private static MemifParam with(MemifParam good, int bufferSize, int log2, boolean isMaster) {
        return new MemifParam(good.socketPath(), good.appName(), "", good.s2mRings(), good.m2sRings(), bufferSize, log2, isMaster,
            good.interfaceId(), good.interfaceName(), good.mode());
    }

    /** 2^10 slots of 2048 bytes and one ring each way, as libmemif understands zeros. */
    @Test
    void zerosInTheAnswerMeanLibmemifsDefaults() throws Exception {
        try (FakeProxy proxy = FakeProxy.answering(good -> new MemifParam(good.socketPath(), "", "", 0, 0, 0, 0, false, 0, "", 0));
             McmConnection connection = McmConnection.create(proxy.request())) {
            for (int i = 0; i < 1024; i++) {
                proxy.deliver(Arrays.copyOf(GOOD, 2048), 2048);
            }
            for (int i = 0; i < 1024; i++) {
                assertGood(connection.dequeue(PATIENCE_MILLIS));
            }
        }
    }

    @Test
    void toBeMemifsServerIsRefused() throws Exception {
        try (FakeProxy proxy = FakeProxy.answering(param -> with(param, 4096, 3, true))) {
            assertThatThrownBy(() -> McmConnection.create(proxy.request())).isInstanceOf(IOException.class)
                .hasMessageContaining("it must be the client");
        }
    }

    @Test
    void moreThanFourGibibytesAreRefusedWithTheNumbers() throws Exception {
        try (FakeProxy proxy = FakeProxy.answering(param -> with(param, 5_184_000, 10, false))) {
            assertThatThrownBy(() -> McmConnection.create(proxy.request())).isInstanceOf(IOException.class)
                .hasMessageContaining("2^10 buffers of 5184000 bytes need 10616832000").hasMessageContaining("4294967296");
        }
    }

    @ParameterizedTest
    @CsvSource({"4096, 15, log2_ring_size=15", "4096, 255, log2_ring_size=255"})
    void numbersThatMemifDoesNotHaveAreRefused(int bufferSize, int log2, String message) throws Exception {
        try (FakeProxy proxy = FakeProxy.answering(param -> with(param, bufferSize, log2, false))) {
            assertThatThrownBy(() -> McmConnection.create(proxy.request())).isInstanceOf(IOException.class).hasMessageContaining(message);
        }
    }

    @Test
    void aMemifThatNobodyListensOnIsToldByItsPath() throws Exception {
        try (FakeProxy proxy = FakeProxy.answering(_ -> MemifParam.forClient("/nonexistent/x.sock", "x", 4096, 3, 0))) {
            assertThatThrownBy(() -> McmConnection.create(proxy.request())).isInstanceOf(IOException.class)
                .hasMessageContaining("/nonexistent/x.sock");
        }
    }

    @Test
    void aProxyThatIsNotThereIsToldByItsAddress() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ConnectionRequest request = ConnectionRequest.h264(5004).withProxy(new InetSocketAddress("127.0.0.1", port));
        assertThatThrownBy(() -> McmConnection.create(request)).isInstanceOf(IOException.class)
            .hasMessageContaining("no media proxy at 127.0.0.1:" + port);
    }

    @Test
    void aProxyThatDoesNotAnswerIsGivenUpAfterTheTimeout() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            ConnectionRequest request = ConnectionRequest.h264(5004).withTimeout(Duration.ofMillis(200))
                .withProxy(new InetSocketAddress("127.0.0.1", mute.getLocalPort()));
            assertThatThrownBy(() -> McmConnection.create(request)).isInstanceOf(IOException.class).hasMessageContaining("within 200 ms");
        }
    }

    /** A 24.09 proxy writes into the memory until it has ended the session, and dies where there is none. */
    @Test
    void closeUnmapsNothingBeforeTheSessionHasEnded() throws Exception {
        try (FakeProxy proxy = FakeProxy.good()) {
            McmConnection.create(proxy.request()).close();
            assertThat(proxy.wasMappedAtDestroy()).isTrue();
        }
    }
}
