package io.mcm.perf.udp;

/** A thread that receives on a UDP port of the loopback address until it is closed. */
abstract class Receiver implements AutoCloseable {

    /** As the proxy asks by default. */
    static final int BUFFER = 4 << 20;
    static final long LOOK_NANOS = 20_000_000;

    private final Thread thread = Thread.ofPlatform().name("receiver").unstarted(this::run);
    private volatile boolean running = true;
    private volatile long packets;

    final void start() {
        thread.start();
    }

    private void run() {
        while (running) {
            receive();
        }
    }

    /** Waits for packets, {@link #LOOK_NANOS} at most, and takes all there are. */
    abstract void receive();

    abstract int port();

    final void count(long received) {
        // Of one thread only, which others read.
        long before = packets;
        packets = before + received;
    }

    final long packets() {
        return packets;
    }

    final long threadId() {
        return thread.threadId();
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    abstract void release();
}
