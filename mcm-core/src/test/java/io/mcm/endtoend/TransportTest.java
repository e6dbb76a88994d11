package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcm.MissingTool;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code mcm proxy} with each transport that needs a library: of MTL's where they are installed, else of our own. */
@Timeout(300)
class TransportTest {

    private static final int ACCESS_UNITS = 30;

    @TempDir
    private Path folder;

    private String compiledLayer() throws IOException, InterruptedException {
        Path source = folder.resolve("shadow_sockets.c");
        try (InputStream code = TransportTest.class.getResourceAsStream("shadow_sockets.c")) {
            Files.copy(code, source);
        }
        Path library = folder.resolve("shadow_sockets.so");
        try {
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .redirectErrorStream(true).start();
            String said = new String(compiler.getInputStream().readAllBytes());
            assertThat(compiler.waitFor()).as(said).isZero();
        } catch (IOException e) {
            MissingTool.report("no C compiler here: apt-get install gcc libc6-dev");
        }
        return library.toString();
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }

    /** What a consumer gets of a camera through a proxy in that environment; all that the camera sent is expected. */
    private long stream(String transport, Map<String, String> environment) throws Exception {
        InetSocketAddress control = freeAddress();
        int port = Mesh.freePort();
        try (McmProcess proxy = McmProcess.start(folder, environment, "proxy", "--listen", "127.0.0.1:" + control.getPort(), "--run-dir",
                 folder.resolve("run").toString(), "--buffer-size", Integer.toString(Mesh.BUFFER), "--transport", transport)) {
            proxy.awaitLine("proxy: control 127.0.0.1:" + control.getPort() + ", cameras to 127.0.0.1 (" + transport);
            long datagrams = deliver(control, port);
            proxy.signal("INT");
            assertThat(proxy.awaitEnd()).as(proxy.err()).isZero();
            return datagrams;
        }
    }

    private static long deliver(InetSocketAddress control, int port) throws IOException {
        try (McmConnection consumer = McmConnection.create(ConnectionRequest.h264(port).withProxy(control));
             Camera camera = new Camera(port)) {
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < ACCESS_UNITS; i++) {
                camera.accessUnit(20, 5000);
                taken.addAll(Mesh.take(consumer, 2));
            }
            assertThat(taken).isEqualTo(camera.sent());
            return camera.datagrams();
        }
    }

    /** Nothing but the layer has the datagrams, so that a call past it would deliver none. */
    @Test
    void everyDatagramIsTakenFromTheLayerThatWasPreloaded() throws Exception {
        Path report = folder.resolve("report");
        long sent = stream("preload", Map.of("LD_PRELOAD", compiledLayer(), "SHADOW_SOCKETS_REPORT", report.toString()));
        List<String> bound = Files.readAllLines(report).stream().filter(line -> line.startsWith("1 " + sent + " ")).toList();
        assertThat(bound).as("%d datagrams, in %s", sent, Files.readString(report)).hasSize(1);
        assertThat(Long.parseLong(bound.getFirst().split(" ")[2])).as("looks that found none").isPositive();
    }

    /** The same layer shows that it is one: sockets opened past it are none of its own. */
    @Test
    void transportKernelAsksTheCLibraryItself() throws Exception {
        Path report = folder.resolve("report");
        stream("kernel", Map.of("LD_PRELOAD", compiledLayer(), "SHADOW_SOCKETS_REPORT", report.toString()));
        List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
        assertThat(lines).as("binds, received, empty").allSatisfy(line -> assertThat(line.split(" ")[1]).isEqualTo("0"));
    }

    @Test
    void mtlCarriesTheProxyWhereItIsInstalled() throws Exception {
        named("MCM_LIBMTL", "libmtl.so");
        stream("mtl:kernel:lo", Map.of());
    }

    /** Over kernel sockets MTL's layer calls itself until it has no slots left, which harms nobody. */
    @Test
    void mtlsPreloadLibraryCarriesTheProxyWhereItIsInstalled() throws Exception {
        String library = named("MCM_LIBMTL_PRELOAD", "libmtl_udp_preload.so");
        Path config = Files.writeString(folder.resolve("mufd.json"), """
            {"interfaces": [{"port": "kernel:lo"}], "nb_udp_sockets": "16", "nb_nic_queues": "1", "log_level": "error"}
            """);
        stream("preload", Map.of("LD_PRELOAD", library, "MUFD_CFG", config.toString()));
    }

    /** No registry ships MTL, so that its absence is no failure. */
    private static String named(String variable, String file) {
        String path = System.getenv(variable);
        assumeTrue(path != null, "MTL is not installed: build v26.01 of github.com/OpenVisualCloud/Media-Transport-Library and name its "
            + file + " in " + variable);
        return path;
    }
}
