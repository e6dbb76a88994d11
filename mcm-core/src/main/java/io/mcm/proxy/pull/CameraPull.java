package io.mcm.proxy.pull;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.InterleavedFrame;
import io.mcm.rtsp.NumberPair;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspUrl;
import io.mcm.rtsp.TransportHeader;
import io.mcm.rtsp.client.RtspClient;
import io.mcm.sdp.H264Media;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Keeps one camera playing to one port, from {@link #start} to {@link #close}: asks it, keeps its session alive, asks again when it is gone, ever more
 * seldom. Two virtual threads: one reads the connection, the other sends signs of life and reports, and the farewell.
 */
public final class CameraPull implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CameraPull.class.getName());
    /** RFC 2326 section 11.3 has no limit; ffmpeg follows 8, and no camera needs two. */
    private static final int MAX_REDIRECTS = 3;
    /** Of the session's time-out: two signs of life may be lost. */
    private static final int KEEP_ALIVES_PER_TIMEOUT = 3;
    /** For the answer to TEARDOWN. */
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final PullTarget target;
    private final Feed feed;
    private final Outbox outbox;
    private final Duration patience;
    private final LongSupplier nanoClock;
    private final Counters<PullCounter> counters = new Counters<>(PullCounter.class);
    private final LimitedLog failures = new LimitedLog(LOG, WARNING);
    private final PullBackoff backoff = new PullBackoff();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private NumberPair channels;
    /** Null where nobody is asked at the moment. */
    private volatile RtspClient client;
    private volatile boolean plays;
    private final AtomicBoolean started = new AtomicBoolean();

    public CameraPull(PullTarget target, Feed feed, Outbox outbox, LongSupplier nanoClock) {
        this(target, feed, outbox, RtspClient.ANSWER_PATIENCE, nanoClock);
    }

    CameraPull(PullTarget target, Feed feed, Outbox outbox, Duration patience, LongSupplier nanoClock) {
        this.patience = patience;
        this.target = target;
        this.feed = feed;
        this.outbox = outbox;
        this.nanoClock = nanoClock;
    }

    /** Begins, unless it has begun. */
    public void start() {
        if (started.getAndSet(true)) {
            return;
        }
        Thread.ofVirtual().name("pull of port " + feed.port()).start(this::run);
    }

    public Counters<PullCounter> counters() {
        return counters;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        try {
            while (!isClosed()) {
                attempt();
                Duration wait = backoff.next();
                if (!isClosed()) {
                    LOG.log(INFO, "camera {0} is asked again in {1} s", target.url(), wait.toSeconds());
                    closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void attempt() {
        counters.increment(PullCounter.CONNECTS);
        long began = nanoClock.getAsLong();
        try {
            H264Media media = find();
            begin(media);
            began = nanoClock.getAsLong();
            play();
        } catch (IOException | RuntimeException e) {
            tell(e);
        } finally {
            leave();
        }
        if (plays) {
            plays = false;
            backoff.played(Duration.ofNanos(nanoClock.getAsLong() - began));
        }
    }

    private void tell(Exception e) {
        if (!isClosed()) {
            counters.increment(plays ? PullCounter.BREAKS : client == null ? PullCounter.CONNECT_FAILURES : PullCounter.REFUSALS);
            failures.log(() -> "camera " + target.url() + ", port " + feed.port() + ": " + e.getMessage());
        }
    }

    /** Goes where the camera says that it is. */
    private H264Media find() throws IOException {
        RtspUrl url = target.url();
        Optional<Credentials> credentials = url.credentials();
        InetAddress address = target.address();
        for (int redirects = 0; ; redirects++) {
            connect(url, credentials, address);
            try {
                return client.describe();
            } catch (RtspClient.RedirectException e) {
                leave();
                RtspUrl next = followed(e, redirects);
                InetAddress there = InetAddress.getByName(next.host());
                if (!target.overTcp() && !there.equals(address)) {
                    throw new RtspException(e.getMessage() + ", whose packets this port does not take; name that URL, or take TCP");
                }
                boolean same = next.host().equalsIgnoreCase(url.host()) && next.port() == url.port();
                // A password is for the camera that the user named, not for whom that one names.
                credentials = same ? credentials : next.credentials();
                url = next;
                address = there;
            }
        }
    }

    private static RtspUrl followed(RtspClient.RedirectException e, int redirects) throws RtspException {
        if (redirects == MAX_REDIRECTS) {
            throw new RtspException("more than " + MAX_REDIRECTS + " redirects, the last: " + e.getMessage());
        }
        try {
            return RtspUrl.parse(e.location());
        } catch (IllegalArgumentException _) {
            throw new RtspException("a redirect that leads nowhere: " + e.getMessage());
        }
    }

    private void connect(RtspUrl url, Optional<Credentials> credentials, InetAddress address) throws IOException {
        client = RtspClient.connect(url, credentials, address, feed.local(), this::take, patience, nanoClock);
        if (isClosed()) {
            client.close();
        }
    }

    private void begin(H264Media media) throws IOException {
        TransportHeader wanted = feed.transport();
        // Before the first packet can come.
        channels = wanted.channels().orElse(null);
        feed.described().accept(media);
        TransportHeader taken = client.setUp(media, wanted);
        channels = taken.channels().orElse(channels);
        client.play();
        plays = true;
        counters.increment(PullCounter.PLAYS);
        LOG.log(INFO, "camera {0} plays to port {1,number,#}: {2}", target.url(), feed.port(), taken);
    }

    private void take(InterleavedFrame frame) {
        PullCounter lost = channels == null ? PullCounter.OTHER_CHANNELS : feed.take(channels, frame);
        if (lost != null && !isClosed()) {
            counters.increment(lost);
        }
    }

    private void play() throws IOException {
        Duration interval = client.timeout().dividedBy(KEEP_ALIVES_PER_TIMEOUT);
        Duration silence = interval.plus(patience);
        RtspClient playing = client;
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("keeper of port " + feed.port()).start(() -> keep(playing, interval, over));
        try {
            while (playing.next(silence)) {
                // What comes is dealt with there.
            }
        } finally {
            over.countDown();
            outbox.wake();
        }
    }

    /** Sends what is to be sent until the play is over, and where it is not wanted any more ends it. */
    private void keep(RtspClient playing, Duration interval, CountDownLatch over) {
        try {
            long due = nanoClock.getAsLong() + interval.toNanos();
            while (!isClosed() && over.getCount() != 0) {
                byte[] report = outbox.take(Duration.ofNanos(due - nanoClock.getAsLong()));
                if (report == null) {
                    // Counted by this thread alone, as all others are by the reading one.
                    counters.increment(PullCounter.KEEP_ALIVES);
                    playing.keepAlive();
                    due = nanoClock.getAsLong() + interval.toNanos();
                } else if (report.length > 0) {
                    playing.writeFrame(channels.rtcp(), MemorySegment.ofArray(report), report.length);
                }
            }
            if (over.getCount() != 0) {
                playing.tearDown();
                over.await(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (IOException _) {
            // The reading thread says what there is to say.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            playing.close();
        }
    }

    private void leave() {
        RtspClient left = client;
        client = null;
        if (left != null) {
            left.close();
        }
    }

    /** Lets the camera go, in a moment; returns at once. */
    @Override
    public void close() {
        closed.countDown();
        RtspClient asked = client;
        if (plays) {
            outbox.wake();
        } else if (asked != null) {
            asked.close();
        }
    }

    /** Waits a moment for the camera to be let go, after {@link #close}. */
    public void awaitEnd() throws InterruptedException {
        if (started.get()) {
            ended.await(2 * FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
