package io.mcm.conformance.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Camera, proxy and consumer in three processes; the captures' sessions run side by side in one proxy. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class PathTest {

    private static final ChildProcesses SHARED = new ChildProcesses();
    private static ProxyProcess proxy;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();

    @BeforeAll
    static void oneProxyForAllCaptures() throws Exception {
        proxy = ProxyProcess.start(SHARED, Rings.DEEP);
    }

    @AfterAll
    static void endProxy() throws IOException {
        SHARED.end();
    }

    static List<Capture> captures() {
        return Captures.distinct();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void whatTheManifestSaysArrivesByteForByte(Capture capture) throws Exception {
        assertThat(receive(capture, proxy)).as(proxy.process()::toString).isEqualTo(capture.md5());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nalu", "access-unit", "fragment"})
    void everyDeliveryUnitCarriesTheSameBytes(String unit) throws Exception {
        Capture capture = Captures.named("veth_ff_main_1280x720_2M.pcap");
        ProxyProcess own = ProxyProcess.start(mcm, Rings.deepWith("--unit", unit));
        assertThat(receive(capture, own)).as(own.process()::toString).isEqualTo(capture.md5());
    }

    private String receive(Capture capture, ProxyProcess through) throws Exception {
        int port = FreePort.next();
        Path received = mcm.file("received.h264");
        ChildProcess recv = through.recv(mcm, port, "--out", received, "--idle", "2");
        // The reorder window is bounded by time: a busy machine must not stop the camera between two packets that changed places.
        String speed = capture.isClean() ? "4" : "max";
        mcm.start("camera", "--to", "127.0.0.1:" + port, "--pcap", capture.file(), "--speed", speed).endsWell();
        recv.endsWell();
        return ByteStream.read(received).md5();
    }
}
