package io.mcm.proxy.delivery;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.BufferHeader;
import io.mcm.control.DeliveryUnit;
import io.mcm.control.UnitMetadata;
import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.RxQueue;
import io.mcm.memif.builtin.BuiltinEngine;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** A delivery buffer and its consumer's end of the memif, on one reactor and one thread. */
final class MemifPair implements AutoCloseable, ConnectionListener {

    /** A unit as the consumer sees it. */
    record Delivered(int sequence, int timestamp, String hex) {}

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    final DeliveryBuffer buffer;
    private final Reactor reactor = new Reactor();
    private final String path = "@mcm-test-" + UUID.randomUUID();
    private final MemifServer server = new BuiltinEngine().listen(reactor, path);
    private final MemifConfig config;
    private boolean connected;
    private MemifInterface consumer;

    private MemifPair(int log2RingSize, int bufferLength) {
        this(log2RingSize, bufferLength, bufferLength, MemifConfig.DEFAULT_APPLICATION);
    }

    private MemifPair(int log2RingSize, int bufferLength, int maxLength, String application) {
        this(new DeliveryBuffer(maxLength, new DeliveryNote(DeliveryUnit.NALU, _ -> 0), new PublishingDelay(() -> 0)), log2RingSize, bufferLength, application);
    }

    private MemifPair(DeliveryBuffer buffer, int log2RingSize, int bufferLength, String application) {
        this.buffer = buffer;
        config = MemifConfig.of(0, "pair", log2RingSize, bufferLength).withApplication(application);
        server.offer(config, this);
    }

    /** The consumer of a delivery. */
    static MemifPair of(Delivery delivery, int log2RingSize, int bufferLength) {
        return of(delivery, log2RingSize, bufferLength, MemifConfig.DEFAULT_APPLICATION);
    }

    /** One that takes unit metadata; {@link #read} does not. */
    static MemifPair described(Delivery delivery, int log2RingSize, int bufferLength) {
        return of(delivery, log2RingSize, bufferLength, UnitMetadata.announce(MemifConfig.DEFAULT_APPLICATION));
    }

    private static MemifPair of(Delivery delivery, int log2RingSize, int bufferLength, String application) {
        MemifPair pair = new MemifPair(delivery.buffer(), log2RingSize, bufferLength, application);
        pair.attachConsumer();
        return pair;
    }

    static MemifPair withoutConsumer(int log2RingSize, int bufferLength) {
        return new MemifPair(log2RingSize, bufferLength);
    }

    /** A consumer whose buffers are shorter than the units that it gets. */
    static MemifPair chaining(int log2RingSize, int bufferLength, int maxLength) {
        MemifPair pair = new MemifPair(log2RingSize, bufferLength, maxLength, MemifConfig.DEFAULT_APPLICATION);
        pair.attachConsumer();
        return pair;
    }

    /** A consumer that takes unit metadata; {@link #read} does not. */
    static MemifPair described(int log2RingSize, int bufferLength) {
        MemifPair pair = new MemifPair(log2RingSize, bufferLength, bufferLength, UnitMetadata.announce(MemifConfig.DEFAULT_APPLICATION));
        pair.attachConsumer();
        return pair;
    }

    static MemifPair of(int log2RingSize, int bufferLength) {
        MemifPair pair = new MemifPair(log2RingSize, bufferLength);
        pair.attachConsumer();
        return pair;
    }

    void attachConsumer() {
        attachConsumer(false);
    }

    void attachConsumer(boolean polling) {
        consumer = new BuiltinEngine().connect(reactor, path, config.withPolling(polling), PATIENCE_NANOS, System::nanoTime);
    }

    void dropConsumer() {
        consumer.close();
        while (connected) {
            reactor.poll(PATIENCE_NANOS);
        }
    }

    /** All units that the consumer has not read yet; their buffers are given back. */
    List<Delivered> read() {
        return take(Integer.MAX_VALUE);
    }

    List<Delivered> take(int count) {
        RxQueue rx = consumer.rx(0);
        List<Delivered> units = new ArrayList<>();
        while (units.size() < count && rx.next()) {
            long length = BufferHeader.payloadLength(rx.segment(), rx.offset());
            if (length != rx.length() - BufferHeader.LENGTH) {
                throw new AssertionError("header says " + length + " bytes, the descriptor " + rx.length());
            }
            byte[] bytes = rx.segment().asSlice(rx.offset() + BufferHeader.LENGTH, length).toArray(JAVA_BYTE);
            units.add(new Delivered(BufferHeader.sequence(rx.segment(), rx.offset()),
                BufferHeader.timestamp(rx.segment(), rx.offset()), HexFormat.of().formatHex(bytes)));
            rx.release(rx.ticket());
        }
        return units;
    }

    /** Gives all units back unread. */
    void discard() {
        RxQueue rx = consumer.rx(0);
        while (rx.next()) {
            rx.release(rx.ticket());
        }
    }

    /** Whether the consumer has been signalled since it was asked last. */
    boolean isWoken() {
        boolean[] woken = {false};
        int fd = consumer.rx(0).interrupt().fd();
        reactor.add(fd, () -> {
            consumer.rx(0).interrupt().drain();
            woken[0] = true;
        });
        reactor.poll(0);
        reactor.remove(fd);
        return woken[0];
    }

    long count(DeliveryCounter counter) {
        return buffer.counters().get(counter);
    }

    /** Units that the buffer has answered for, delivered or not. */
    long accountedFor() {
        return count(DeliveryCounter.UNITS) + count(DeliveryCounter.NO_CONSUMER) + count(DeliveryCounter.RING_FULL)
            + count(DeliveryCounter.OVERSIZED);
    }

    @Override
    public void connected(MemifInterface memif) {
        connected = true;
        buffer.attach(memif);
    }

    @Override
    public void disconnected(MemifInterface memif, String reason) {
        connected = false;
        buffer.detach();
    }

    @Override
    public void close() {
        server.close();
        if (consumer != null) {
            consumer.close();
        }
        reactor.close();
    }
}
