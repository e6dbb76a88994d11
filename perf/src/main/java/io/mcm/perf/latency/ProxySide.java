package io.mcm.perf.latency;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The proxy that pictures go through, wherever it runs. */
interface ProxySide extends AutoCloseable {

    /** Where micro-services ask for sessions. */
    InetSocketAddress control();

    /** Whole pictures so far that the proxy had no buffer or no consumer for. */
    long dropped() throws IOException;

    @Override
    void close() throws IOException;
}
