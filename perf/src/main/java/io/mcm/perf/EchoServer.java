package io.mcm.perf;

import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;

/** The far end of a memif, in a thread of its own: copies out every packet, and sends back those that ask for it. */
final class EchoServer implements AutoCloseable, ConnectionListener {

    /** The first byte of a packet that is to come back. */
    static final byte ECHO = 1;

    /** While nobody is connected; far above what a handshake needs. */
    private static final long POLL_NANOS = 1_000_000;

    private final String path;
    private final MemifConfig config;
    private final MemorySegment copy;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Spin spin = new Spin();
    private final Thread thread;
    private volatile boolean stopped;
    private MemifInterface peer;

    EchoServer(String path, MemifConfig config) throws InterruptedException {
        this.path = path;
        this.config = config;
        this.copy = Arena.ofAuto().allocate(config.bufferLength());
        this.thread = Thread.ofPlatform().daemon().start(this::run);
        listening.await();
    }

    private void run() {
        try (Reactor reactor = new Reactor(); MemifServer server = new BuiltinEngine().listen(reactor, path)) {
            server.offer(config, this);
            listening.countDown();
            while (!stopped) {
                if (peer == null) {
                    reactor.poll(POLL_NANOS);
                } else if (work(peer.rx(0), peer.tx(0))) {
                    spin.found();
                } else {
                    spin.turn();
                }
            }
        } finally {
            listening.countDown();
        }
    }

    private boolean work(RxQueue rx, TxQueue tx) {
        boolean any = false;
        while (rx.next()) {
            any = true;
            MemorySegment.copy(rx.segment(), rx.offset(), copy, 0, rx.length());
            int length = rx.length();
            rx.release(rx.ticket());
            if (copy.get(ValueLayout.JAVA_BYTE, 0) == ECHO && tx.claim()) {
                MemorySegment.copy(copy, 0, tx.segment(), tx.offset(), length);
                tx.commit(length);
                tx.publish();
            }
        }
        return any;
    }

    @Override
    public void connected(MemifInterface memif) {
        memif.rx(0).poll(true);
        peer = memif;
    }

    @Override
    public void disconnected(MemifInterface memif, String reason) {
        peer = null;
    }

    /** Ends the thread, so that the client may unmap its memory. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
