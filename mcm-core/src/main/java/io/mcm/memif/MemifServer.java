package io.mcm.memif;

import io.mcm.metric.Counters;

/**
 * The listening side (memif's master). Several interfaces may share the socket, each with an id; each serves one client at a time, and
 * the next one after that has gone. Belongs to the thread that polls the reactor.
 */
public interface MemifServer extends AutoCloseable {

    /**
     * Serves an interface from now on.
     *
     * @throws IllegalArgumentException where the id is taken
     */
    void offer(MemifConfig config, ConnectionListener connectionListener);

    /** Serves an interface no longer; its client is disconnected. */
    void withdraw(int id);

    /** What became of its clients so far; any thread may read it. Zeros of an engine that does not count. */
    default Counters<MemifCounter> counters() {
        return new Counters<>(MemifCounter.class);
    }

    @Override
    void close();
}
