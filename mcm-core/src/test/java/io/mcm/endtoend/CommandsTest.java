package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.control.DeliveryUnit;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mcm proxy} and {@code mcm recv} as processes. */
@Timeout(300)
class CommandsTest {

    private static final int ENVIRONMENT = 3;
    /** What the consumer says when everything that is sent from then on is for it. */
    private static final String READY = "come from here on";

    @TempDir
    private Path folder;

    private McmProcess recv(String proxy, int port, String... more) throws IOException {
        String[] all = new String[5 + more.length];
        List.of("recv", "--port", Integer.toString(port), "--proxy", proxy).toArray(all);
        System.arraycopy(more, 0, all, 5, more.length);
        return McmProcess.start(folder, all);
    }

    private McmProcess proxy(String listen) throws IOException {
        return McmProcess.start(folder, "proxy", "--listen", listen, "--run-dir", folder.resolve("run").toString());
    }

    private static String address(Mesh mesh) {
        return "127.0.0.1:" + mesh.proxy.controlAddress().getPort();
    }

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static String hex(Path file) throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(file));
    }

    /** Consumer first, camera sending already, proxy last; each a process. */
    @Test
    void theConsumerMayBeFirstAndSaysOnceThatItWaits() throws Exception {
        String listen = freeAddress();
        int port = Mesh.freePort();
        Path file = folder.resolve("out.h264");
        try (McmProcess recv = recv(listen, port, "--out", file.toString(), "--count", "3", "--json", "-");
             Camera camera = new Camera(port)) {
            recv.awaitLine("recv: waiting: no media proxy at " + listen);
            camera.accessUnit(100);
            try (McmProcess proxy = proxy(listen)) {
                proxy.awaitLine("proxy: control " + listen);
                recv.awaitLine(READY);
                for (int i = 0; i < 3; i++) {
                    camera.accessUnit(3000);
                }
                assertThat(recv.awaitEnd()).isZero();
                assertThat(recv.err()).containsOnlyOnce("waiting")
                    .contains("recv: 3 units, 3 NAL units, 3 access units, 9012 bytes");
                assertThat(hex(file)).isEqualTo(String.join("", camera.sent().subList(1, 4)));
                JsonNode json = new ObjectMapper().readTree(recv.out());
                assertThat(json.get("units").asLong()).isEqualTo(3);
                assertThat(json.get("nal_units").asLong()).isEqualTo(3);
                assertThat(json.get("access_units").asLong()).isEqualTo(3);
                assertThat(json.get("bytes").asLong()).isEqualTo(9012);

                proxy.signal("INT");
                assertThat(proxy.awaitEnd()).isZero();
                assertThat(folder.resolve("run")).as("no socket file is left").isEmptyDirectory();
            }
        }
    }

    @Test
    void theConsumersJsonTellsGapsAndLostPacketsAsItSawThem() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
             McmProcess recv = recv(address(mesh), port, "--count", "4", "--json", "-"); Camera camera = new Camera(port)) {
            recv.awaitLine(READY);
            camera.accessUnit(100);
            camera.drop(3);
            camera.accessUnit(4000);
            camera.accessUnit(100);
            camera.drop(1);
            camera.accessUnit(100);
            camera.accessUnit(100);
            camera.accessUnit(100);
            assertThat(recv.awaitEnd()).isZero();
            JsonNode json = new ObjectMapper().readTree(recv.out());
            assertThat(json.get("gaps").asLong()).isEqualTo(2);
            assertThat(json.get("packets_lost").asLong()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsTheConsumerWithItsFileComplete(String signal) throws Exception {
        int port = Mesh.freePort();
        Path file = folder.resolve("out.h264");
        Path json = folder.resolve("out.json");
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
             McmProcess recv = recv(address(mesh), port, "--out", file.toString(), "--json", json.toString());
             Camera camera = new Camera(port)) {
            recv.awaitLine(READY);
            for (int i = 0; i < 10; i++) {
                camera.accessUnit(500);
            }
            String expected = String.join("", camera.sent());
            Mesh.await(() -> file.toFile().length() == expected.length() / 2);
            recv.signal(signal);
            assertThat(recv.awaitEnd()).isZero();
            assertThat(recv.err()).contains("recv: 10 units, 10 NAL units");
            assertThat(hex(file)).isEqualTo(expected);
            assertThat(new ObjectMapper().readTree(json.toFile()).get("units").asLong()).isEqualTo(10);
            Mesh.await(() -> mesh.proxy.reports().isEmpty());
        }
    }

    @Test
    void aSignalEndsAConsumerThatStillWaitsForItsProxy() throws Exception {
        String nobody = freeAddress();
        try (McmProcess recv = recv(nobody, Mesh.freePort())) {
            recv.awaitLine("waiting");
            recv.signal("TERM");
            assertThat(recv.awaitEnd()).isZero();
            assertThat(recv.err()).contains("recv: 0 units");
        }
    }

    @ParameterizedTest
    @EnumSource(DeliveryUnit.class)
    void theFileIsTheSameWhateverTheUnitAndIdleEndsIt(DeliveryUnit unit) throws Exception {
        int port = Mesh.freePort();
        Path file = folder.resolve("out.h264");
        try (Mesh mesh = Mesh.start(folder, unit);
             McmProcess recv = recv(address(mesh), port, "--out", file.toString(), "--idle", "0.4");
             Camera camera = new Camera(port)) {
            recv.awaitLine(READY);
            camera.accessUnit(10, 7, 4000);
            camera.accessUnit(2000, 20);
            assertThat(recv.awaitEnd()).isZero();
            assertThat(hex(file)).isEqualTo(String.join("", camera.sent()));
            assertThat(recv.err()).contains(" 5 NAL units, 2 access units, ");
        }
    }

    @Test
    void aKilledConsumersSuccessorGetsTheStreamAgain() throws Exception {
        int port = Mesh.freePort();
        int other = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); Camera camera = new Camera(port);
             McmProcess beside = recv(address(mesh), other, "--count", "1"); Camera besideCamera = new Camera(other)) {
            beside.awaitLine(READY);
            try (McmProcess killed = recv(address(mesh), port)) {
                killed.awaitLine(READY);
                camera.accessUnit(3000);
                killed.signal("KILL");
                killed.awaitEnd();
            }
            Path file = folder.resolve("second.h264");
            try (McmProcess second = recv(address(mesh), port, "--out", file.toString(), "--count", "1")) {
                second.awaitLine(READY);
                camera.accessUnit(3000);
                assertThat(second.awaitEnd()).isZero();
                assertThat(hex(file)).isEqualTo(camera.sent().getLast());
            }
            besideCamera.accessUnit(10);
            assertThat(beside.awaitEnd()).isZero();
        }
    }

    @Test
    void aKilledProxyEndsItsConsumerWithTheReasonAndWhatWasDelivered() throws Exception {
        String listen = freeAddress();
        int port = Mesh.freePort();
        Path file = folder.resolve("out.h264");
        try (McmProcess proxy = proxy(listen)) {
            proxy.awaitLine("proxy: control");
            try (McmProcess recv = recv(listen, port, "--out", file.toString()); Camera camera = new Camera(port)) {
                proxy.awaitLine("UDP 127.0.0.1:" + port);
                recv.awaitLine(READY);
                camera.accessUnit(300);
                Mesh.await(() -> file.toFile().length() > 0);
                proxy.signal("KILL");
                assertThat(recv.awaitEnd()).isEqualTo(ENVIRONMENT);
                assertThat(recv.err()).contains("recv: connection to the proxy lost: ", " units, ").doesNotContain("\tat ");
                assertThat(hex(file)).isEqualTo(camera.sent().getFirst());
            }
        }
    }

    @Test
    void aPortThatAnotherProgramHoldsIsGivenUpAfterAWhile() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
             Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmProcess recv = recv(address(mesh), taken.getLocalPort())) {
            assertThat(recv.awaitEnd()).isEqualTo(ENVIRONMENT);
            assertThat(recv.err()).contains("UDP port " + taken.getLocalPort()).contains("refused").hasLineCount(1);
        }
    }
}
