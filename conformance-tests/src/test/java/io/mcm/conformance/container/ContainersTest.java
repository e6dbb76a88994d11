package io.mcm.conformance.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.Mcm;
import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.Await;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;

/** Camera, proxy and consumer as they are deployed: three containers, memif between two of them, UDP over a bridge from the third. */
@Timeout(300)
class ContainersTest {

    private static final String FILE = "gst_openh264_dynslice1300_640x480.pcap";
    private static final String LIVE = "live.h264";
    private static final int KILLED = 137;

    private Deployment deployment;

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        ContainerEngine.prepare();
    }

    @BeforeEach
    void deploy() throws IOException {
        deployment = new Deployment();
    }

    @AfterEach
    void remove() throws IOException {
        deployment.close();
    }

    @Test
    void whatTheCameraSendsArrivesByteForByteInTheConsumersContainer() throws Exception {
        Capture capture = Captures.named(FILE);
        deployment.proxy();
        GenericContainer<?> consumer = deployment.consumer("whole.h264", "--count", String.valueOf(capture.nalUnits()));
        GenericContainer<?> camera = deployment.camera(FILE, "--speed", "4");
        awaitEnd(consumer);
        assertThat(exitCode(consumer)).as(deployment::logs).isZero();
        awaitEnd(camera);
        assertThat(exitCode(camera)).isZero();
        assertThat(ByteStream.read(deployment.out("whole.h264")).md5()).isEqualTo(capture.md5());
    }

    @Test
    void whatIsLostOnTheBridgeIsLeftOutAndNothingElse() throws Exception {
        Capture capture = Captures.named(FILE);
        deployment.proxy();
        GenericContainer<?> consumer = deployment.consumer("loss.h264", "--idle", "1");
        deployment.camera(FILE, "--speed", "4", "--loss", "5", "--seed", "3");
        awaitEnd(consumer);
        List<ByteBuffer> sent = unitsOf(capture);
        List<ByteBuffer> got = ByteStream.read(deployment.out("loss.h264")).nalUnits();
        assertThat(got).as(deployment::logs).hasSizeBetween(sent.size() / 2, sent.size() - 1);
        Iterator<ByteBuffer> all = sent.iterator();
        assertThat(got).allMatch(unit -> isAmong(all, unit), "sent, and after the one before it");
    }

    /** What the capture has, as the manifest says. */
    private List<ByteBuffer> unitsOf(Capture capture) throws IOException {
        Path file = deployment.out("sent.h264");
        assertThat(Mcm.commandLine().execute("depacketize", capture.file().toString(), "--out", file.toString())).isZero();
        assertThat(ByteStream.read(file).md5()).isEqualTo(capture.md5());
        return ByteStream.read(file).nalUnits();
    }

    /** Moves the iterator past the unit. */
    private static boolean isAmong(Iterator<ByteBuffer> units, ByteBuffer wanted) {
        while (units.hasNext()) {
            if (units.next().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void eachOfThemMayBeKilledAndComesBack() throws Exception {
        GenericContainer<?> proxy = deployment.proxy();
        GenericContainer<?> consumer = deployment.consumer(LIVE, "--reconnect");
        GenericContainer<?> camera = deployment.camera(FILE, "--loop", "0");
        awaitMore(LIVE);
        kill(camera);
        camera = deployment.camera(FILE, "--loop", "0");
        awaitMore(LIVE);
        kill(proxy);
        deployment.proxy();
        awaitMore(LIVE);
        kill(consumer);
        deployment.consumer("again.h264", "--reconnect");
        awaitMore("again.h264");
        assertThat(camera.isRunning()).isTrue();
    }

    private static void kill(GenericContainer<?> container) throws InterruptedException {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        awaitEnd(container);
        assertThat(exitCode(container)).isEqualTo(KILLED);
        assertThat(container.getCurrentContainerInfo().getState().getOOMKilled()).isFalse();
    }

    private void awaitMore(String out) throws InterruptedException {
        File file = deployment.out(out).toFile();
        long before = file.length();
        Await.until("more of " + out, () -> file.length() > before, deployment::logs);
    }

    private static void awaitEnd(GenericContainer<?> container) throws InterruptedException {
        Await.until("the end of a container", () -> !container.isRunning(), container::getLogs);
    }

    private static long exitCode(GenericContainer<?> container) {
        return container.getCurrentContainerInfo().getState().getExitCodeLong();
    }
}
