package io.mcm.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever bytes a client sends, the server ends that connection and serves the next. */
class ControlSoupTest {

    private static FakeSessions sessions;
    private static ControlServer server;

    @BeforeContainer
    static void listen() throws IOException {
        sessions = new FakeSessions();
        server = ControlServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), sessions);
    }

    @AfterContainer
    static void everySessionEnds() {
        server.close();
        assertThat(sessions.destroyed).doesNotHaveDuplicates().hasSameSizeAs(sessions.created);
    }

    @Property(tries = 300)
    void neitherHangsNorDies(@ForAll("soups") byte[] soup) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            sendWhileItListens(client, soup);
            assertThat(client.ends()).isTrue();
        }
        try (ControlClient client = ControlClient.connect(server.address(), Duration.ofSeconds(60))) {
            assertThat(client.query(client.create(ConnectionParam.receiveH264(9001))).bufferSize()).isEqualTo(5_184_000);
        }
    }

    private static void sendWhileItListens(RawClient client, byte[] soup) {
        try {
            client.send(soup).endOfInput();
        } catch (IOException _) {
            // the server had read enough and closed
        }
    }

    /** Plain noise dies at the magic; valid requests with a few bytes changed get further. */
    @Provide
    Arbitrary<byte[]> soups() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(700);
        Arbitrary<byte[]> requests = Arbitraries.of("recorded_create", "recorded_query", "recorded_destroy")
            .map(HexFile::read).list().ofMinSize(1).ofMaxSize(5).map(ControlSoupTest::join);
        Arbitrary<byte[]> damaged = requests.flatMap(bytes ->
            Arbitraries.integers().between(0, bytes.length - 1).list().ofMaxSize(3).flatMap(places ->
                Arbitraries.bytes().map(value -> damage(bytes, places, value))));
        return Arbitraries.oneOf(noise, damaged);
    }

    private static byte[] damage(byte[] bytes, List<Integer> places, byte value) {
        byte[] changed = bytes.clone();
        places.forEach(place -> changed[place] = value);
        return changed;
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
