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

/** A thread that owns camera ports: waits for packets and control sockets, and does what other threads ask it between turns. */
final class Worker implements AutoCloseable {

    /** Datagrams or trains of them received with one call: more were no faster (perf/README.md, UDP), and each has 66 KiB. */
    private static final int BATCH = 16;
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final Reactor reactor = new Reactor();
    private final DatagramBatch batch;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final List<CameraPort> ports = new ArrayList<>();
    private final LimitedLog failures = new LimitedLog(LOG, ERROR);
    private final LongSupplier nanoClock;
    private final Thread thread;
    /** Never later than the earliest deadline of a port, so that one look at the clock serves a thousand of them. */
    private long earliest = Long.MAX_VALUE;
    private volatile int portCount;
    private volatile long longestTurnNanos;
    private volatile boolean running = true;

    Worker(String name, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        batch = new DatagramBatch(BATCH, nanoClock);
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
        List.copyOf(ports).forEach(this::end);
        batch.close();
        reactor.close();
    }

    private void doWork() {
        int events = reactor.await(earliest == Long.MAX_VALUE ? -1 : Math.max(0, earliest - nanoClock.getAsLong()));
        long began = nanoClock.getAsLong();
        reactor.dispatch(events);
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        long now = nanoClock.getAsLong();
        if (earliest <= now) {
            expire(now);
            now = nanoClock.getAsLong();
        }
        if (now - began > longestTurnNanos) {
            longestTurnNanos = now - began;
        }
    }

    /** Backwards, for one without sessions is removed. */
    private void expire(long now) {
        earliest = Long.MAX_VALUE;
        for (int i = ports.size() - 1; i >= 0; i--) {
            CameraPort port = ports.get(i);
            if (port.deadline() <= now) {
                expire(port, now);
            } else {
                earliest = Math.min(earliest, port.deadline());
            }
        }
    }

    private void expire(CameraPort port, long now) {
        try {
            port.expire(batch, now);
        } catch (RuntimeException | InternalError e) {
            port.fail(e);
        }
        settle(port);
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

    /** Has the thread do something between two turns; not at all where it has ended. */
    void post(Runnable command) {
        commands.add(command);
        reactor.wake();
    }

    Reactor reactor() {
        return reactor;
    }

    String name() {
        return thread.getName();
    }

    /** Ports that it owns; any thread may ask. */
    int portCount() {
        return portCount;
    }

    /** The longest time so far from waking up to waiting again: so long a packet may have lain. Any thread may ask. */
    long longestTurnNanos() {
        return longestTurnNanos;
    }

    /** A port with its first session. On this thread only. */
    void begin(CameraPort port) {
        reactor.add(port.fd(), () -> receive(port));
        if (port.hasRtcp()) {
            reactor.add(port.rtcpFd(), () -> receiveRtcp(port));
        }
        ports.add(port);
        portCount = ports.size();
    }

    /** With the last session of a port the port ends. On this thread only. */
    void end(Session session) {
        session.port().end(session);
        settle(session.port());
    }

    private void end(CameraPort port) {
        if (ports.remove(port)) {
            portCount = ports.size();
            reactor.remove(port.fd());
            if (port.hasRtcp()) {
                reactor.remove(port.rtcpFd());
            }
            try (port) {
                port.leave(nanoClock.getAsLong());
            }
        }
    }

    private void receive(CameraPort port) {
        try {
            port.receive(batch, nanoClock.getAsLong());
        } catch (RuntimeException | InternalError e) {
            port.fail(e);
        }
        settle(port);
    }

    private void receiveRtcp(CameraPort port) {
        try {
            port.receiveRtcp(batch, nanoClock.getAsLong());
        } catch (RuntimeException | InternalError e) {
            port.fail(e);
        }
        settle(port);
    }

    /** After each turn of a port. */
    private void settle(CameraPort port) {
        if (port.sessions().isEmpty()) {
            end(port);
        } else {
            earliest = Math.min(earliest, port.deadline());
        }
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
