package io.mcm.perf.udp;

/** A thread that receives on a UDP port of the loopback address until it is closed. */
public abstract class Receiver implements AutoCloseable {

    /** As the proxy asks by default. */
    static final int BUFFER = 4 << 20;
    static final long LOOK_NANOS = 20_000_000;

    private Thread thread;
    private volatile boolean running = true;
    private volatile long packets;

    public final void start() {
        thread = Thread.ofPlatform().name("receiver").start(this::run);
    }

    private void run() {
        while (running) {
            receive();
        }
    }

    /** Waits for packets, {@link #LOOK_NANOS} at most, and takes all there are. */
    abstract void receive();

    public abstract int port();

    final void count(long received) {
        // Of one thread only, which others read.
        long before = packets;
        packets = before + received;
    }

    public final long packets() {
        return packets;
    }

    public final long threadId() {
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
