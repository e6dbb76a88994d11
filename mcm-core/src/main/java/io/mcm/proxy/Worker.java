package io.mcm.proxy;

import static java.lang.System.Logger.Level.ERROR;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Reactor;
import io.mcm.metric.LimitedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** A thread that owns sessions: waits for packets and control sockets, and does what other threads ask it between turns. */
final class Worker implements AutoCloseable {

    /** Datagrams received with one call. */
    private static final int BATCH = 64;
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final Reactor reactor = new Reactor();
    private final DatagramBatch batch = new DatagramBatch(BATCH);
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final List<Session> sessions = new ArrayList<>();
    private final LimitedLog failures = new LimitedLog(LOG, ERROR);
    private final LongSupplier nanoClock;
    private final Thread thread;
    private volatile boolean running = true;

    Worker(String name, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        thread = Thread.ofPlatform().name(name).start(this::run);
    }

    private void run() {
        while (running) {
            try {
                doWork();
            } catch (Throwable e) {
                // Whatever it was, the other sessions go on.
                failures.log(() -> "a fault of the proxy: " + e);
            }
        }
        List.copyOf(sessions).forEach(this::end);
        batch.close();
        reactor.close();
    }

    private void doWork() {
        reactor.poll(nanosToDeadline());
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        expire();
    }

    /** Negative for ever. */
    private long nanosToDeadline() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < sessions.size(); i++) {
            deadline = Math.min(deadline, sessions.get(i).deadline());
        }
        return deadline == Long.MAX_VALUE ? -1 : Math.max(0, deadline - nanoClock.getAsLong());
    }

    private void expire() {
        long now = 0;
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            if (session.deadline() != Long.MAX_VALUE) {
                now = now == 0 ? nanoClock.getAsLong() : now;
                if (session.deadline() <= now) {
                    expire(session, now);
                }
            }
        }
    }

    private void expire(Session session, long now) {
        try {
            session.expire(now);
        } catch (RuntimeException | InternalError e) {
            fail(session, e);
        }
    }

    /**
     * Has the thread do something between two turns, and waits for it.
     *
     * @throws RuntimeException what the command threw
     */
    <T> T call(Callable<T> command) {
        CompletableFuture<T> done = new CompletableFuture<>();
        commands.add(() -> {
            try {
                done.complete(command.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        reactor.wake();
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    Reactor reactor() {
        return reactor;
    }

    /** On this thread only. */
    void begin(Session session) {
        sessions.add(session);
        reactor.add(session.fd(), () -> receive(session));
        if (session.hasRtcp()) {
            reactor.add(session.rtcpFd(), () -> receiveRtcp(session));
        }
    }

    /** On this thread only. */
    void end(Session session) {
        if (sessions.remove(session)) {
            session.close();
        }
    }

    private void receive(Session session) {
        try {
            session.receive(batch, nanoClock.getAsLong());
        } catch (RuntimeException | InternalError e) {
            fail(session, e);
        }
    }

    private void receiveRtcp(Session session) {
        try {
            session.receiveRtcp(batch, nanoClock.getAsLong());
        } catch (RuntimeException | InternalError e) {
            fail(session, e);
        }
    }

    /**
     * A fault of ours in one session must not end the others. Nor must memory that went away under it, which the JVM tells by an InternalError
     * (SIGBUS in a mapping).
     */
    private void fail(Session session, Throwable fault) {
        failures.log(() -> "session " + session.id() + " ended, a fault of the proxy: " + fault);
        end(session);
    }

    /** Ends all sessions. Not while another thread is in {@link #call}. */
    @Override
    public void close() {
        if (!running) {
            return;
        }
        running = false;
        reactor.wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
