package io.mcm.sdk;

import static java.lang.System.Logger.Level.INFO;

import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Connects again, attempt after attempt, on a thread of its own: a proxy that does not answer must not hold up {@code dequeue}. Where the
 * proxy lives and only its memif went, the session is kept.
 */
final class Reconnector implements AutoCloseable {

    private static final LimitedLog FAILURES = new LimitedLog(System.getLogger(Reconnector.class.getName()), INFO);

    private final ConnectionRequest request;
    private final Timing timing;
    private final Counters<SdkCounter> counters;
    private final Runnable onLink;
    private final AtomicReference<Link> made = new AtomicReference<>();
    private final int firstAttempt;
    private final Thread thread;
    private volatile boolean closed;
    /** The thread's own once it runs; null between a session that failed and the next. */
    private ProxySession session;

    private Reconnector(
        ConnectionRequest request, Link lost, Timing timing, Counters<SdkCounter> counters, Runnable onLink) {
        this.request = request;
        this.session = lost.session();
        this.firstAttempt = lost.nextAttempt(timing.nanoClock().getAsLong(), request.backoff());
        this.timing = timing;
        this.counters = counters;
        this.onLink = onLink;
        thread = Thread.ofPlatform().name("mcm-reconnect").daemon().unstarted(this::run);
    }

    /**
     * Starts at once.
     *
     * @param lost its session is the reconnector's from now on
     * @param onLink called on its thread when {@link #take} has something
     */
    static Reconnector start(
        ConnectionRequest request, Link lost, Timing timing, Counters<SdkCounter> counters, Runnable onLink) {
        Reconnector reconnector = new Reconnector(request, lost, timing, counters, onLink);
        reconnector.thread.start();
        return reconnector;
    }

    /** The new link, once; null until there is one. */
    Link take() {
        return made.get() == null ? null : made.getAndSet(null);
    }

    private void run() {
        Link link = null;
        try {
            for (int attempt = firstAttempt; link == null && !closed; attempt++) {
                timing.pause().nanos(request.backoff().delayNanos(attempt, timing.random()));
                counters.increment(SdkCounter.RECONNECT_ATTEMPTS);
                link = attempt(attempt + 1);
            }
        } catch (InterruptedException e) {
            // By close.
        }
        if (link == null) {
            endSession();
            return;
        }
        made.set(link);
        if (closed) {
            discard();
        } else {
            onLink.run();
        }
    }

    /** Null where it failed. */
    private Link attempt(int attempts) {
        try {
            session = session == null ? ProxySession.open(request) : session;
            return Link.open(request, session, timing.nanoClock(), attempts);
        } catch (IOException | RuntimeException e) {
            FAILURES.log(() -> "not connected again yet: " + e.getMessage());
            endSession();
            return null;
        }
    }

    private void endSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void discard() {
        Link link = take();
        if (link != null) {
            link.session().close();
            link.close();
        }
    }

    /** Gives up without waiting for an attempt under way: that ends by its own timeout, and what comes of it is closed. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        discard();
    }
}
