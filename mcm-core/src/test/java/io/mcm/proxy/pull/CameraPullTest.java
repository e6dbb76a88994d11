package io.mcm.proxy.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.ingest.InterleavedSource;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.RtspUrl;
import io.mcm.rtsp.client.ScriptedCamera;
import io.mcm.sdp.H264Media;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pull's life with cameras that come, go and refuse. */
@Timeout(300)
class CameraPullTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<H264Media> described = new CopyOnWriteArrayList<>();
    private final Outbox outbox = new Outbox();
    private final InterleavedSource rtp = new InterleavedSource(5004, InterleavedSource.DEFAULT_CAPACITY, outbox::offer);
    private final InterleavedSource rtcp = new InterleavedSource(5004, InterleavedSource.DEFAULT_CAPACITY, outbox::offer);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(CameraPull.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(java.text.MessageFormat.format(line.getMessage(), line.getParameters() == null ? new Object[0] : line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        logger.removeHandler(handler);
        assertThat(logged).noneMatch(line -> line.contains("secret"));
        rtp.close();
        rtcp.close();
    }

    private ScriptedCamera camera(Function<RtspRequest, byte[]> script) throws IOException {
        ScriptedCamera camera = new ScriptedCamera(script);
        open.add(camera);
        return camera;
    }

    private ScriptedCamera goodCamera() throws IOException {
        return camera(request -> ScriptedCamera.bytes(ScriptedCamera.good(request)));
    }

    private CameraPull pull(String url, boolean overTcp) {
        Feed feed = new Feed(InetAddress.getLoopbackAddress(), 5004, overTcp ? rtp : null, overTcp ? rtcp : null, described::add);
        CameraPull pull = new CameraPull(new PullTarget(RtspUrl.parse(url), overTcp), feed, outbox, PATIENCE, System::nanoTime);
        open.add(pull);
        pull.start();
        return pull;
    }

    @Test
    void thePortsPairIsAskedForKeptAliveAndLetGo() throws Exception {
        ScriptedCamera camera = goodCamera();
        CameraPull pull = pull(camera.url(), false);
        await(() -> camera.asked("GET_PARAMETER") >= 2);
        assertThat(camera.asked().get(1).headers().first("Transport")).contains("RTP/AVP;unicast;client_port=5004-5005");
        assertThat(described).singleElement().satisfies(media -> assertThat(media.parameterSets()).hasSize(2));
        pull.close();
        pull.awaitEnd();
        await(() -> camera.asked("TEARDOWN") == 1);
        assertThat(pull.counters().get(PullCounter.PLAYS)).isEqualTo(1);
        assertThat(pull.counters().get(PullCounter.BREAKS)).isZero();
    }

    @Test
    void aCameraThatHangsUpIsAskedAgain() throws Exception {
        ScriptedCamera camera = goodCamera();
        CameraPull pull = pull(camera.url(), true);
        await(() -> camera.asked("PLAY") == 1);
        camera.hangUp();
        await(() -> camera.asked("PLAY") == 2);
        assertThat(pull.counters().get(PullCounter.BREAKS)).isEqualTo(1);
        assertThat(logged).anyMatch(line -> line.contains("rtsp://127.0.0.1:") && line.contains("closed the connection"));
    }

    @Test
    void aCameraThatFallsSilentIsAskedAgain() throws Exception {
        ScriptedCamera camera = camera(request -> request.method().equals("GET_PARAMETER") ? new byte[0]
            : ScriptedCamera.bytes(ScriptedCamera.good(request)));
        pull(camera.url(), false);
        await(() -> camera.asked("PLAY") == 2);
        assertThat(logged).anyMatch(line -> line.contains("in time"));
    }

    @Test
    void aCameraThatIsNotThereIsTriedAgainEverMoreSeldom() throws Exception {
        ScriptedCamera gone = goodCamera();
        String url = gone.url();
        gone.close();
        CameraPull pull = pull(url, true);
        await(() -> logged.stream().anyMatch(line -> line.contains("again in 2 s")));
        assertThat(logged).anyMatch(line -> line.contains("again in 1 s"));
        assertThat(pull.counters().get(PullCounter.CONNECT_FAILURES)).isEqualTo(2);
    }

    @Test
    void refusalsAreCountedAndLoggedWithTheirReason() throws Exception {
        ScriptedCamera camera = camera(request -> ScriptedCamera.bytes(ScriptedCamera.status(request, RtspStatus.NOT_FOUND)));
        CameraPull pull = pull(camera.url(), true);
        await(() -> pull.counters().get(PullCounter.REFUSALS) == 1);
        await(() -> logged.stream().anyMatch(line -> line.contains("404")));
    }

    @Test
    void redirectsAreFollowedWithoutHandingOutThePassword() throws Exception {
        ScriptedCamera there = goodCamera();
        ScriptedCamera here = camera(request -> ScriptedCamera.bytes(ScriptedCamera.status(request, RtspStatus.MOVED_TEMPORARILY)
            .with("Location", there.url().replace("user:secret@", ""))));
        pull(here.url(), false);
        await(() -> there.asked("PLAY") == 1);
        assertThat(there.asked()).allMatch(request -> request.headers().first("Authorization").isEmpty());
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        AtomicReference<String> self = new AtomicReference<>();
        ScriptedCamera camera = camera(request -> ScriptedCamera.bytes(ScriptedCamera.status(request, RtspStatus.MOVED_PERMANENTLY)
            .with("Location", self.get())));
        self.set(camera.url());
        CameraPull pull = pull(camera.url(), false);
        await(() -> pull.counters().get(PullCounter.CONNECTS) == 2);
        assertThat(camera.asked("DESCRIBE")).isBetween(4L, 8L);
        assertThat(logged).anyMatch(line -> line.contains("redirects"));
    }

    @Test
    void packetsOfOtherChannelsAreCounted() throws Exception {
        ScriptedCamera camera = camera(request -> {
            byte[] answer = ScriptedCamera.bytes(ScriptedCamera.good(request));
            byte[] frames = request.method().equals("PLAY") ? new byte[] {'$', 5, 0, 1, 9, '$', 0, 0, 1, 7} : new byte[0];
            byte[] both = java.util.Arrays.copyOf(answer, answer.length + frames.length);
            System.arraycopy(frames, 0, both, answer.length, frames.length);
            return both;
        });
        CameraPull pull = pull(camera.url(), true);
        await(() -> pull.counters().get(PullCounter.OTHER_CHANNELS) == 1);
    }

    @Test
    void closingInTheMiddleOfTheHandshakeEndsIt() throws Exception {
        ScriptedCamera camera = camera(_ -> new byte[0]);
        CameraPull pull = pull(camera.url(), true);
        await(() -> camera.asked("DESCRIBE") == 1);
        long began = System.nanoTime();
        pull.close();
        pull.awaitEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
        assertThat(pull.counters().get(PullCounter.REFUSALS)).isZero();
    }

    @Test
    void attemptsAreOneTwoFourUpToThirtySecondsApart() {
        PullBackoff backoff = new PullBackoff();
        assertThat(Stream.generate(backoff::next).limit(7).map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        backoff.played(PullBackoff.LONGEST);
        assertThat(backoff.next().toSeconds()).isEqualTo(30);
        backoff.played(PullBackoff.LONGEST.plusNanos(1));
        assertThat(backoff.next().toSeconds()).isEqualTo(1);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); !condition.getAsBoolean(); Thread.sleep(5)) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }
}
