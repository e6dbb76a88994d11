package io.mcm.conformance.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.Await;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code kill -9} in the middle of a stream: the others work on, or end and say why. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class KilledProcessTest {

    private static final int UNITS = 60;
    private static final int KILLS = 3;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();
    private final int udpPort = FreePort.next();

    @Test
    void aRestartedConsumerGetsItsStreamAgain() throws Exception {
        ProxyProcess proxy = ProxyProcess.start(mcm);
        ChildProcess camera = LiveStream.camera(mcm, udpPort);
        Path first = mcm.file("first.h264");
        ChildProcess recv = proxy.recv(udpPort, "--out", first);
        streams(first, recv);
        recv.kill();
        restarted(proxy, camera);
    }

    /** What a consumer gets that asks for the stream now. */
    private void restarted(ProxyProcess proxy, ChildProcess camera) throws Exception {
        Path again = mcm.file("again.h264");
        mcm.start("recv", "--proxy", proxy.address(), "--port", udpPort, "--out", again, "--count", UNITS).endsWell();
        assertThat(ByteStream.read(again).nalUnits()).hasSize(UNITS).isSubsetOf(LiveStream.nalUnits(mcm));
        assertThat(proxy.process().isRunning()).as(proxy.process()::toString).isTrue();
        assertThat(camera.isRunning()).as(camera::toString).isTrue();
    }

    @Test
    void aConsumerNextToAKilledOneLosesNothing() throws Exception {
        Capture capture = Captures.named("gst_x264_hdrext1byte-ntp64_640x480.pcap");
        ProxyProcess proxy = ProxyProcess.start(mcm, Rings.DEEP);
        LiveStream.camera(mcm, udpPort);
        Path first = mcm.file("first.h264");
        ChildProcess victim = proxy.recv(udpPort, "--out", first);
        int port = FreePort.next();
        Path received = mcm.file("neighbour.h264");
        ChildProcess neighbour = proxy.recv(port, "--out", received, "--idle", 2);
        ChildProcess camera = mcm.start("camera", "--to", "127.0.0.1:" + port, "--pcap", capture.file());
        streams(received, neighbour);
        victim.kill();
        camera.endsWell();
        neighbour.endsWell();
        assertThat(ByteStream.read(received).md5()).isEqualTo(capture.md5());
    }

    @Test
    void withoutTheProxyTheConsumerEndsAndSaysSoAndTheCameraGoesOn() throws Exception {
        ProxyProcess proxy = ProxyProcess.start(mcm);
        ChildProcess camera = LiveStream.camera(mcm, udpPort);
        Path received = mcm.file("received.h264");
        ChildProcess recv = proxy.recv(udpPort, "--out", received);
        streams(received, recv);
        proxy.process().kill();
        assertThat(recv.exitCode()).as(recv::toString).isEqualTo(3);
        assertThat(recv.err()).contains("connection to the proxy lost").doesNotContain("Exception");
        assertThat(ByteStream.read(received).nalUnits()).isNotEmpty().isSubsetOf(LiveStream.nalUnits(mcm));
        restarted(ProxyProcess.start(mcm), camera);
    }

    @Test
    void withReconnectTheConsumerTakesItsStreamFromEveryProxyThatComesBack() throws Exception {
        ProxyProcess proxy = ProxyProcess.start(mcm);
        LiveStream.camera(mcm, udpPort);
        Path received = mcm.file("received.h264");
        Path json = mcm.file("recv.json");
        ChildProcess recv = proxy.recv(udpPort, "--out", received, "--json", json, "--reconnect");
        streams(received, recv);
        for (int restart = 1; restart <= KILLS; restart++) {
            proxy.process().kill();
            proxy = ProxyProcess.launch(mcm, proxy.controlPort());
            proxy.process().says("proxy: control");
            ProxyProcess next = proxy;
            Await.until("units after restart " + restart, () -> next.counter("delivery_units", udpPort) > UNITS, recv::toString);
        }
        recv.terminate();
        recv.endsWell();
        assertThat(recv.err()).contains("connection to the proxy lost", "is open again").doesNotContain("Exception");
        assertThat(Files.readString(json)).containsPattern("\"reconnects\" ?: ?" + KILLS);
        assertThat(ByteStream.read(received).nalUnits()).hasSizeGreaterThan(KILLS * UNITS).isSubsetOf(LiveStream.nalUnits(mcm));
    }

    @Test
    void afterACameraComesAnother() throws Exception {
        ProxyProcess proxy = ProxyProcess.start(mcm);
        ChildProcess camera = LiveStream.camera(mcm, udpPort);
        Path received = mcm.file("received.h264");
        ChildProcess recv = proxy.recv(udpPort, "--out", received);
        streams(received, recv);
        camera.kill();
        long before = proxy.counter("delivery_units", udpPort);
        LiveStream.camera(mcm, udpPort);
        Await.until("units of the second camera", () -> proxy.counter("delivery_units", udpPort) > before + UNITS, proxy.process()::toString);
        recv.terminate();
        recv.endsWell();
        assertThat(ByteStream.read(received).nalUnits()).hasSizeGreaterThan(UNITS).isSubsetOf(LiveStream.nalUnits(mcm));
    }

    /** Waits until something has arrived. */
    private static void streams(Path received, ChildProcess recv) throws InterruptedException {
        Await.until("first units in " + received.getFileName(), () -> size(received) > 0, recv::toString);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
