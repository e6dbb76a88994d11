package io.mcm.conformance.target;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Somebody's proxy, started by whoever wants to know; its memif sockets must be reachable from here. */
public record External(InetSocketAddress control) implements Target {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long LOOK_NANOS = 50_000_000;

    @Override
    public String name() {
        return control.getHostString() + ":" + control.getPort();
    }

    /** Whoever started it may have it started again when it dies. */
    @Override
    public boolean revive() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Probe.answers(control)) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        // It is not ours.
    }
}
