package io.mcm.proxy;

import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/** An engine that lets through what the builtin one refuses: a consumer whose memory is not sealed. It is connected at once. */
final class VanishingEngine implements MemifEngine {

    private final MemorySegment memory;

    VanishingEngine(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public MemifServer listen(Reactor reactor, String path, String application) {
        return new Server();
    }

    @Override
    public MemifInterface connect(Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maxBufferLength() {
        return Integer.MAX_VALUE;
    }

    private final class Server implements MemifServer {

        @Override
        public void offer(MemifConfig config, ConnectionListener connectionListener) {
            connectionListener.connected(new Interface());
        }

        @Override
        public void withdraw(int id) {}

        @Override
        public void close() {}
    }

    private final class Interface implements MemifInterface {

        private final Queue queue = new Queue();

        @Override
        public TxQueue tx(int number) {
            return queue;
        }

        @Override
        public RxQueue rx(int number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int txQueues() {
            return 1;
        }

        @Override
        public int rxQueues() {
            return 0;
        }

        @Override
        public String peerName() {
            return "vanishing";
        }

        @Override
        public String peerApplication() {
            return "vanishing";
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public String disconnectReason() {
            return null;
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public boolean checkPeer() {
            return true;
        }

        @Override
        public void disconnect(String reason) {}

        @Override
        public void close() {}
    }

    /** One buffer, always free. */
    private final class Queue implements TxQueue {

        @Override
        public int free() {
            return 1;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public boolean claim() {
            return true;
        }

        @Override
        public MemorySegment segment() {
            return memory;
        }

        @Override
        public long offset() {
            return 0;
        }

        @Override
        public int capacity() {
            return (int) memory.byteSize();
        }

        @Override
        public void commit(int length) {}

        @Override
        public boolean extend() {
            return false;
        }

        @Override
        public void retract() {}

        @Override
        public void cancel() {}

        @Override
        public int publish() {
            return 1;
        }

        @Override
        public boolean wakeAgain() {
            return false;
        }
    }
}
