package io.mcm.sdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.BufferHeader;
import io.mcm.control.ControlClient;
import io.mcm.control.MemifParam;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.PeerException;
import io.mcm.memif.RxQueue;
import io.mcm.metric.Counters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A stream from a media proxy, read where the proxy wrote it.
 *
 * <pre>
 *   try (McmConnection connection = McmConnection.create(ConnectionRequest.h264(5004))) {
 *       for (McmBuffer unit = connection.dequeue(-1); unit != null; unit = connection.dequeue(-1)) {
 *           ... unit.data() ...
 *           connection.enqueue(unit);
 *       }
 *   }
 * </pre>
 *
 * {@code dequeue} and {@code enqueue} belong to one thread; a waiting {@code dequeue} holds a platform thread. Only {@link #close} may be called from
 * another. The proxy drops units when it runs out of buffers, so give them back soon.
 */
public final class McmConnection implements AutoCloseable {

    private static final int QUEUE = 0;
    /** libmemif's defaults, which a 0 in the proxy's answer stands for (MEMIF_DEFAULT_LOG2_RING_SIZE, MEMIF_DEFAULT_BUFFER_SIZE). */
    private static final int DEFAULT_LOG2_RING_SIZE = 10;
    private static final int DEFAULT_BUFFER_SIZE = 2048;
    /** How often a consumer that never waits looks whether the proxy is still there: a system call, so not with every {@code dequeue}. */
    private static final long LOOK_INTERVAL_NANOS = 10_000_000;

    private final LongSupplier nanoClock;
    private final Reactor reactor;
    private final ControlClient control;
    private final int sessionId;
    private final MemifInterface memif;
    private final RxQueue rx;
    private final ArrayDeque<McmBuffer> spare = new ArrayDeque<>();
    private final Counters<SdkCounter> counters = new Counters<>(SdkCounter.class);

    /** Held while the ring is used, so that {@link #close} unmaps nothing under a reader. */
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    private long lookedAt;

    private McmConnection(
        LongSupplier nanoClock, Reactor reactor, ControlClient control, int sessionId, MemifInterface memif, boolean polling) {
        this.nanoClock = nanoClock;
        this.reactor = reactor;
        this.control = control;
        this.sessionId = sessionId;
        this.memif = memif;
        this.rx = memif.rx(QUEUE);
        if (!polling) {
            reactor.add(rx.interrupt().fd(), rx.interrupt()::drain);
        }
    }

    /**
     * Asks a proxy for a session and connects to its memif.
     *
     * @throws io.mcm.control.SessionRefusedException where the proxy does not grant the session (its log says why)
     * @throws IOException where there is no proxy, or it does not answer, or its memif cannot be had
     */
    public static McmConnection create(ConnectionRequest request) throws IOException {
        ControlClient control = ControlClient.connect(request.proxy(), request.timeout());
        try {
            int sessionId = control.create(request.param());
            return connect(request, control, sessionId, control.query(sessionId));
        } catch (IOException | RuntimeException e) {
            control.close();
            throw e;
        }
    }

    private static McmConnection connect(ConnectionRequest request, ControlClient control, int sessionId, MemifParam param)
        throws IOException {
        Reactor reactor = new Reactor();
        try {
            MemifConfig config = config(param).withPolling(request.polling());
            long timeout = request.timeout().toNanos();
            MemifInterface memif = request.engine().connect(reactor, param.socketPath(), config, timeout, System::nanoTime);
            return new McmConnection(System::nanoTime, reactor, control, sessionId, memif, request.polling());
        } catch (SystemCallException | PeerException | IllegalArgumentException e) {
            reactor.close();
            throw new IOException("memif " + param.socketPath() + ": " + e.getMessage(), e);
        }
    }

    private static MemifConfig config(MemifParam param) {
        if (param.isMaster()) {
            throw new IllegalArgumentException("the proxy wants the micro-service to be memif's server, it must be the client");
        }
        int log2 = param.log2RingSize() == 0 ? DEFAULT_LOG2_RING_SIZE : param.log2RingSize();
        int length = param.bufferSize() == 0 ? DEFAULT_BUFFER_SIZE : param.bufferSize();
        return MemifConfig.of(param.interfaceId(), param.interfaceName(), log2, length)
            .withRings(Math.max(1, param.s2mRings()), Math.max(1, param.m2sRings()))
            .withSecret(param.secret());
    }

    /**
     * The next unit, in the order in which it was delivered.
     *
     * @param timeoutMillis how long to wait: negative for ever, 0 not at all
     * @return null where none came in time, or the connection was closed meanwhile
     * @throws ConnectionLostException where the proxy is gone and all that it delivered before has been read
     * @throws IllegalStateException on a connection that was closed before
     */
    public McmBuffer dequeue(long timeoutMillis) throws ConnectionLostException {
        lock.lock();
        try {
            checkOpen();
            McmBuffer buffer = take();
            if (buffer != null) {
                return buffer;
            }
            return timeoutMillis == 0 ? look() : await(timeoutMillis);
        } finally {
            lock.unlock();
        }
    }

    private McmBuffer await(long timeoutMillis) throws ConnectionLostException {
        long timeout = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        long start = nanoClock.getAsLong();
        McmBuffer buffer = null;
        for (long left = timeout; buffer == null && !closing.get(); left = timeout - (nanoClock.getAsLong() - start)) {
            if (timeoutMillis > 0 && left <= 0) {
                return null;
            }
            reactor.poll(timeoutMillis < 0 ? -1 : left);
            buffer = take();
        }
        return buffer;
    }

    /** Whether the proxy has left shows only on a descriptor. */
    private McmBuffer look() throws ConnectionLostException {
        long now = nanoClock.getAsLong();
        if (now - lookedAt < LOOK_INTERVAL_NANOS) {
            return null;
        }
        lookedAt = now;
        reactor.poll(0);
        return take();
    }

    private void checkOpen() {
        if (closing.get()) {
            throw new IllegalStateException("connection is closed");
        }
    }

    /** The next unit that is there already; null where none is. */
    private McmBuffer take() throws ConnectionLostException {
        while (rx.next()) {
            McmBuffer buffer = read();
            if (buffer != null) {
                return buffer;
            }
        }
        if (!memif.checkPeer()) {
            throw new ConnectionLostException("connection to the proxy lost: " + memif.disconnectReason());
        }
        return null;
    }

    /** Null for a buffer whose header does not fit it; that one is given back. */
    private McmBuffer read() {
        long length = rx.length() < BufferHeader.LENGTH ? -1 : BufferHeader.payloadLength(rx.segment(), rx.offset());
        if (length < 0 || length > rx.length() - BufferHeader.LENGTH) {
            counters.increment(SdkCounter.MALFORMED);
            rx.release(rx.ticket());
            return null;
        }
        counters.increment(SdkCounter.BUFFERS);
        counters.add(SdkCounter.BYTES, length);
        McmBuffer buffer = spare.isEmpty() ? new McmBuffer(this) : spare.pop();
        buffer.fill(BufferHeader.sequence(rx.segment(), rx.offset()), BufferHeader.timestamp(rx.segment(), rx.offset()), rx.ticket());
        long start = rx.offset() + BufferHeader.LENGTH;
        if (rx.isGathered()) {
            buffer.place(MemorySegment.ofArray(rx.segment().asSlice(start, length).toArray(JAVA_BYTE)), 0, (int) length);
        } else {
            buffer.place(rx.segment(), start, (int) length);
        }
        return buffer;
    }

    /**
     * Gives a unit back, so that the proxy can use its memory again. Any order is allowed. The object is used again for a later unit.
     *
     * @throws IllegalStateException where it was given back before
     * @throws IllegalArgumentException where it came from another connection
     */
    public void enqueue(McmBuffer buffer) {
        lock.lock();
        try {
            int ticket = buffer.giveBack(this);
            if (!closing.get()) {
                rx.release(ticket);
            }
            spare.push(buffer);
        } finally {
            lock.unlock();
        }
    }

    public Counters<SdkCounter> counters() {
        return counters;
    }

    /** The proxy's number for this session. */
    public int sessionId() {
        return sessionId;
    }

    /** Ends session and memif; units that were not given back must not be used any more. A {@link #dequeue} that waits returns null. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        while (!lock.tryLock()) {
            reactor.wake();
            Thread.onSpinWait();
        }
        try {
            memif.close();
            reactor.close();
            endSession();
        } finally {
            lock.unlock();
        }
    }

    private void endSession() {
        try (control) {
            control.destroy(sessionId);
        } catch (IOException e) {
            // The proxy is gone, and with it the session.
        }
    }
}
