package io.mcm.conformance.path;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.camera.packetize.PacketizedSource;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.camera.rtsp.RtspServer;
import io.mcm.camera.rtsp.RtspServerConfig;
import io.mcm.camera.rtsp.ServedStream;
import io.mcm.camera.synthetic.FrameRate;
import io.mcm.camera.synthetic.ParameterSetPlacement;
import io.mcm.camera.synthetic.PictureSize;
import io.mcm.camera.synthetic.SyntheticConfig;
import io.mcm.camera.synthetic.SyntheticMark;
import io.mcm.camera.synthetic.SyntheticSource;
import io.mcm.conformance.target.FreePort;
import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import io.mcm.proxy.pull.PullTarget;
import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.RtspUrl;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camera as an RTSP server, proxy that fetches from it, consumer: with a password, over UDP and interleaved. */
@Timeout(300)
class PullTest {

    private static final int FRAMES = 60;
    private static final int BUFFER = 65_536;
    private static final int START_CODE = 4;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Credentials BOB = new Credentials("bob", "s3cret");

    @TempDir
    private Path directory;

    /** @param frames 0 for without end */
    private static RtspServer serve(int port, int frames) throws IOException {
        SyntheticConfig config = new SyntheticConfig(PictureSize.parse("160x96"), FrameRate.parse("50"), 10, 300_000, 1, 0,
            ParameterSetPlacement.IDR, List.of(), frames, false, 1);
        return RtspServer.start(RtspServerConfig.at(new InetSocketAddress(LOOPBACK, port)).withCredentials(BOB), new ServedStream(
            () -> new PacketizedSource(new SyntheticSource(config, due -> due), PayloadConfig.DEFAULTS, RtpConfig.of(1), due -> due),
            UnaryOperator.identity(), 1, List.of()));
    }

    /** A process that another test starts just now has a copy of the socket, and the port is taken until it has closed that. */
    private static RtspServer serveAgain(int port) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;; Thread.sleep(10)) {
            try {
                return serve(port, 0);
            } catch (BindException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private MediaProxy proxy(int port, RtspServer camera, boolean overTcp) throws IOException {
        RtspUrl url = RtspUrl.parse(camera.url()).withCredentials(BOB);
        return MediaProxy.start(new InetSocketAddress(LOOPBACK, 0), new SessionConfig(LOOPBACK, directory, DeliveryUnit.NALU, BUFFER, 6)
            .withPulls(Map.of(port, new PullTarget(url, overTcp))));
    }

    private static McmConnection consumer(int port, MediaProxy proxy) throws IOException {
        return McmConnection.create(ConnectionRequest.h264(port).withProxy(proxy.controlAddress()));
    }

    /** The number of the next picture that carries one. */
    private static long nextFrame(McmConnection consumer) throws IOException {
        while (true) {
            McmBuffer buffer = consumer.dequeue(PATIENCE_MILLIS);
            assertThat(buffer).as("a unit within %d ms", PATIENCE_MILLIS).isNotNull();
            byte[] unit = buffer.data().toArray(JAVA_BYTE);
            consumer.enqueue(buffer);
            SyntheticMark mark = new SyntheticMark();
            if (mark.read(MemorySegment.ofArray(unit), START_CODE, unit.length - START_CODE)) {
                return mark.frame();
            }
        }
    }

    @ParameterizedTest(name = "over TCP: {0}")
    @ValueSource(booleans = {false, true})
    void theStreamArrivesFromItsFirstPictureToItsLast(boolean overTcp) throws Exception {
        int port = FreePort.next();
        try (RtspServer camera = serve(0, FRAMES); MediaProxy proxy = proxy(port, camera, overTcp); McmConnection consumer = consumer(port, proxy)) {
            for (int frame = 0; frame < FRAMES; frame++) {
                assertThat(nextFrame(consumer)).isEqualTo(frame);
            }
        }
    }

    @ParameterizedTest(name = "over TCP: {0}")
    @ValueSource(booleans = {false, true})
    void whereTheLastConsumerLeavesTheCameraIsLetGo(boolean overTcp) throws Exception {
        int port = FreePort.next();
        try (RtspServer camera = serve(0, 0); MediaProxy proxy = proxy(port, camera, overTcp)) {
            McmConnection first = consumer(port, proxy);
            nextFrame(first);
            try (McmConnection second = consumer(port, proxy)) {
                nextFrame(second);
                first.close();
                nextFrame(second);
                assertThat(camera.sessions()).isEqualTo(1);
            }
            await(() -> camera.sessions() == 0);
        }
    }

    @ParameterizedTest(name = "over TCP: {0}")
    @ValueSource(booleans = {false, true})
    void aCameraThatIsStartedAgainIsFoundAgain(boolean overTcp) throws Exception {
        int port = FreePort.next();
        int cameraPort = FreePort.next();
        RtspServer camera = serve(cameraPort, 0);
        try (MediaProxy proxy = proxy(port, camera, overTcp); McmConnection consumer = consumer(port, proxy)) {
            while (nextFrame(consumer) < 20) {
                // Into the stream.
            }
            camera.close();
            try (RtspServer _ = serveAgain(cameraPort)) {
                while (nextFrame(consumer) > 20) {
                    // What was under way.
                }
                assertThat(nextFrame(consumer)).isLessThan(25);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000; !condition.getAsBoolean(); Thread.sleep(10)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }
}
