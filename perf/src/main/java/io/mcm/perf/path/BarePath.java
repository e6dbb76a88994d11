package io.mcm.perf.path;

import io.mcm.perf.udp.BatchReceiver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The proxy's way to receive and nothing else: what is beyond it is the proxy's own work. */
final class BarePath implements PacketPath {

    /** As the proxy's worker. */
    private static final int SLOTS = 16;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final BatchReceiver receiver = new BatchReceiver(SLOTS, true, true);

    BarePath() {
        receiver.start();
    }

    @Override
    public String name() {
        return "bare receive loop";
    }

    @Override
    public int port() {
        return receiver.port();
    }

    @Override
    public PathFigures figures() {
        return new PathFigures(receiver.packets(), THREADS.getThreadCpuTime(receiver.threadId()));
    }

    @Override
    public void close() {
        receiver.close();
    }
}
