package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class ControlServerTest {

    private static final byte[] CREATE = HexFile.read("recorded_create");
    private static final byte[] QUERY = HexFile.read("recorded_query");
    private static final byte[] DESTROY = HexFile.read("recorded_destroy");
    private static final byte[] FIRST_ID = {1, 0, 0, 0};
    private static final byte[] SECOND_ID = {2, 0, 0, 0};
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final FakeSessions sessions = new FakeSessions();
    private ControlServer server;

    @BeforeEach
    void listen() throws IOException {
        server = ControlServer.listen(ANY_PORT, sessions);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void understandsTheRecordedConversationOfTheCSdk() throws IOException {
        try (RawClient client = connect()) {
            client.send(part(CREATE, 0, 8), part(CREATE, 8, 12), part(CREATE, 12, CREATE.length));
            assertThat(client.readOnce()).isEqualTo(FIRST_ID);
            client.send(part(QUERY, 0, 8), part(QUERY, 8, 12), part(QUERY, 12, QUERY.length));
            assertThat(client.readOnce()).isEqualTo(MemifParamDescriptor.encode(sessions.query(1)));
            client.send(part(DESTROY, 0, 8), part(DESTROY, 8, 12), part(DESTROY, 12, DESTROY.length));
            await(() -> sessions.destroyed.equals(List.of(1)));
        }
        assertThat(sessions.created).containsExactly(ConnectionParam.receiveH264(9001));
    }

    @Test
    void completesRequestsThatComeByteByByte() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.sendByteByByte(CREATE).readOnce()).isEqualTo(FIRST_ID);
            assertThat(client.sendByteByByte(QUERY).readOnce()).hasSize(296);
        }
    }

    @Test
    void answersRequestsThatComeInOneSegment() throws IOException {
        byte[] both = Arrays.copyOf(CREATE, CREATE.length + QUERY.length);
        System.arraycopy(QUERY, 0, both, CREATE.length, QUERY.length);
        try (RawClient client = connect()) {
            byte[] answers = client.send(both).readOnce();
            assertThat(part(answers, 0, 4)).isEqualTo(FIRST_ID);
        }
    }

    @Test
    void eachAnswerArrivesInASingleRead() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.send(CREATE).readOnce()).hasSize(4);
            for (int i = 0; i < 100; i++) {
                assertThat(client.send(QUERY).readOnce()).hasSize(296);
            }
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0,  6e, bad magic",
        "4,  11, bad version",
        "8,  03, QUERY_MEMIF_PATH has no answer",
        "8,  04, QUERY_MEMIF_ID has no answer",
        "8,  00, command 0",
        "8,  06, unknown command",
        "9,  01, unknown high byte of the command",
        "10, 2f, data_len one short of a CREATE",
        "10, 31, data_len one more than a CREATE",
        "11, ff, data_len far beyond a CREATE",
        "12, 07, unknown transfer type",
    })
    void closesInsteadOfAnswering(int offset, String value, String what) throws IOException {
        byte[] request = CREATE.clone();
        request[offset] = (byte) HexFormat.fromHexDigits(value);
        try (RawClient client = connect()) {
            assertThat(client.send(request).endsWithoutAnswer()).as(what).isTrue();
        }
        assertThat(sessions.created).isEmpty();
    }

    @ParameterizedTest(name = "{0} bytes of a CREATE")
    @CsvSource({"1", "7", "8", "11", "12", "13", "315"})
    void endsWhenTheClientEndsInTheMiddleOfARequest(int length) throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.send(part(CREATE, 0, length)).endOfInput().endsWithoutAnswer()).isTrue();
        }
        assertThat(sessions.created).isEmpty();
    }

    @Test
    void closesWhenTheServiceRefuses() throws IOException {
        try (ControlClient client = client()) {
            assertThatThrownBy(() -> client.create(ConnectionParam.receiveH264(FakeSessions.REFUSED_PORT)))
                .isInstanceOf(SessionRefusedException.class)
                .hasMessage("the proxy at " + where() + " refused the session; see its log");
        }
    }

    @Test
    void endOfAConnectionEndsAllItsSessionsAndNoOthers() throws IOException {
        try (RawClient other = connect()) {
            assertThat(other.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            try (RawClient client = connect()) {
                assertThat(client.send(CREATE).readOnce()).isEqualTo(SECOND_ID);
                assertThat(client.send(CREATE).readOnce()).isEqualTo(new byte[] {3, 0, 0, 0});
            }
            await(() -> sessions.destroyed.size() == 2);
            assertThat(sessions.destroyed).containsExactly(2, 3);
            assertThat(other.send(QUERY).readOnce()).hasSize(296);
        }
    }

    @Test
    void aStrangersQueryNeitherIsAnsweredNorEndsTheSession() throws IOException {
        aStrangerCannot(QUERY);
    }

    @Test
    void aStrangersDestroyDoesNotEndTheSession() throws IOException {
        aStrangerCannot(DESTROY);
    }

    @Test
    void aDestroyedSessionIsDestroyedOnceAndTheConnectionGoesOn() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            assertThat(client.send(DESTROY, CREATE).readOnce()).isEqualTo(SECOND_ID);
        }
        await(() -> sessions.destroyed.size() == 2);
        assertThat(sessions.destroyed).containsExactly(1, 2);
    }

    @Test
    void aSecondDestroyOfTheSameSessionEndsTheConnection() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            assertThat(client.send(DESTROY, DESTROY).endsWithoutAnswer()).isTrue();
        }
        assertThat(sessions.destroyed).containsExactly(1);
    }

    @Test
    void closeEndsSessionsAndConnections() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            server.close();
            assertThat(sessions.destroyed).containsExactly(1);
            assertThat(client.endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void aPortInUseIsNamed() {
        assertThatThrownBy(() -> ControlServer.listen(server.address(), sessions))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("cannot listen at " + where() + ": ");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThatThrownBy(() -> ControlServer.listen(InetSocketAddress.createUnresolved("no.such.host", 8002), sessions))
            .hasMessage("cannot listen at no.such.host:8002: unknown host");
    }

    @Test
    void halfARequestDoesNotHoldAConnectionForEver() throws IOException {
        limit(new ControlLimits(2, Duration.ofSeconds(20), Duration.ofMillis(100)));
        try (RawClient client = connect()) {
            assertThat(client.send(part(CREATE, 0, 5)).endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void silenceBeforeTheFirstSessionEndsTheConnection() throws IOException {
        limit(new ControlLimits(2, Duration.ofMillis(100), Duration.ofSeconds(20)));
        try (RawClient client = connect()) {
            assertThat(client.endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void aConnectionWithASessionMayBeSilent() throws Exception {
        limit(new ControlLimits(2, Duration.ofMillis(400), Duration.ofMillis(400)));
        try (RawClient client = connect()) {
            assertThat(client.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            Thread.sleep(1_200);
            assertThat(client.send(QUERY).readOnce()).hasSize(296);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAndAFreedPlaceIsGivenAgain() throws IOException {
        limit(new ControlLimits(1, Duration.ofSeconds(20), Duration.ofSeconds(20)));
        try (RawClient first = connect()) {
            assertThat(first.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            try (RawClient second = connect()) {
                assertThat(second.endsWithoutAnswer()).isTrue();
            }
        }
        await(() -> sessions.destroyed.size() == 1);
        await(this::isServed);
    }

    private boolean isServed() {
        try (RawClient client = connect()) {
            return client.send(CREATE).readOnce().length == 4;
        } catch (IOException _) {
            return false;
        }
    }

    private void aStrangerCannot(byte[] request) throws IOException {
        try (RawClient owner = connect()) {
            assertThat(owner.send(CREATE).readOnce()).isEqualTo(FIRST_ID);
            try (RawClient stranger = connect()) {
                assertThat(stranger.send(request).endsWithoutAnswer()).isTrue();
            }
            assertThat(owner.send(QUERY).readOnce()).hasSize(296);
            assertThat(sessions.destroyed).isEmpty();
        }
    }

    private void limit(ControlLimits limits) throws IOException {
        server.close();
        server = ControlServer.listen(ANY_PORT, sessions, limits);
    }

    private RawClient connect() throws IOException {
        return new RawClient(server.address());
    }

    private ControlClient client() throws IOException {
        return ControlClient.connect(server.address(), Duration.ofSeconds(60));
    }

    private String where() {
        return server.address().getHostString() + ":" + server.address().getPort();
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
