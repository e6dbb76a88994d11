package io.mcm.memif;

import io.mcm.foreign.Reactor;
import java.util.function.LongSupplier;

/** An implementation of memif. One engine serves a whole process, so that the data path's calls stay those of one class. */
public interface MemifEngine {

    /**
     * Listens on a path, or with a leading {@code @} on an abstract name. A socket file that nobody listens on any more is replaced.
     *
     * @param application names this program to clients in HELLO, at most 31 bytes
     * @throws io.mcm.foreign.SystemCallException for one, EADDRINUSE where somebody does listen there
     */
    MemifServer listen(Reactor reactor, String path, String application);

    /** Under {@link MemifConfig#DEFAULT_APPLICATION}. */
    default MemifServer listen(Reactor reactor, String path) {
        return listen(reactor, path, MemifConfig.DEFAULT_APPLICATION);
    }

    /**
     * Connects as memif's slave, which owns the memory, polling the reactor meanwhile.
     *
     * @param timeoutNanos how long at most, by {@code nanoClock}
     * @throws io.mcm.foreign.SystemCallException where nobody listens at the path
     * @throws PeerException where the server refuses, breaks the protocol, or does not answer in time
     * @throws IllegalArgumentException where the buffers are longer than {@link #maxBufferLength}, or do not fit a region of 4 GiB
     */
    MemifInterface connect(Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock);

    /** Bytes of the largest buffer that it can use. */
    int maxBufferLength();
}
