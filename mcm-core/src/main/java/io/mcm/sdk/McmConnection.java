package io.mcm.sdk;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.BufferHeader;
import io.mcm.memif.RxQueue;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

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
 * {@code dequeue} and {@code enqueue} belong to one thread; a waiting {@code dequeue} holds a platform thread. Only {@link #close} may
 * be called from another. The proxy drops units when it runs out of buffers, so give them back soon.
 *
 * <p>Asked for with {@link ConnectionRequest#withReconnect} it outlives its proxy: {@link #state} and the counters tell, and units that
 * were held keep their bytes.
 */
public final class McmConnection implements AutoCloseable {

    private static final LimitedLog LOSSES = new LimitedLog(System.getLogger(McmConnection.class.getName()), INFO);
    /** How often a consumer that never waits looks whether the proxy is still there: a system call, so not with every {@code dequeue}. */
    private static final long LOOK_INTERVAL_NANOS = 10_000_000;

    private final ConnectionRequest request;
    private final Timing timing;
    /** The latest; one that was lost stays until the next one is there. */
    private volatile Link link;
    /** Links before that, in which units are held. */
    private final List<Link> retired = new ArrayList<>();
    /** Null unless the latest link is lost. */
    private Reconnector reconnector;
    private volatile ConnectionState state = ConnectionState.CONNECTED;
    private final ArrayDeque<McmBuffer> spare = new ArrayDeque<>();
    private final Counters<SdkCounter> counters = new Counters<>(SdkCounter.class);

    /** Held while the ring is used, so that {@link #close} unmaps nothing under a reader. */
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Held while a link is replaced or closed, so that another thread wakes none whose descriptors are gone. */
    private final Object replacing = new Object();
    private long lookedAt;

    private McmConnection(ConnectionRequest request, Timing timing, Link link) {
        this.request = request;
        this.timing = timing;
        this.link = link;
    }

    /**
     * Asks a proxy for a session and connects to its memif.
     *
     * @throws io.mcm.control.SessionRefusedException where the proxy does not grant the session (its log says why)
     * @throws IOException where there is no proxy, or it does not answer, or its memif cannot be had
     */
    public static McmConnection create(ConnectionRequest request) throws IOException {
        return create(request, Timing.system());
    }

    static McmConnection create(ConnectionRequest request, Timing timing) throws IOException {
        ProxySession session = ProxySession.open(request);
        try {
            return new McmConnection(request, timing, Link.open(request, session, timing.nanoClock(), 0));
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * The next unit, in the order in which it was delivered.
     *
     * @param timeoutMillis how long to wait: negative for ever, 0 not at all
     * @return null where none came in time, be it that the proxy is away and is to be reconnected to, or the connection was closed
     *     meanwhile
     * @throws ConnectionLostException where the proxy is gone and all that it delivered before has been read, unless
     *     {@link OnLoss#RECONNECT}
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
        long start = timing.nanoClock().getAsLong();
        McmBuffer buffer = null;
        for (long left = timeout; buffer == null && !closing.get(); left = timeout - (timing.nanoClock().getAsLong() - start)) {
            if (timeoutMillis > 0 && left <= 0) {
                return null;
            }
            link.poll(timeoutMillis < 0 ? -1 : left);
            buffer = take();
        }
        return buffer;
    }

    /** Whether the proxy has left shows only on a descriptor. */
    private McmBuffer look() throws ConnectionLostException {
        long now = timing.nanoClock().getAsLong();
        if (now - lookedAt < LOOK_INTERVAL_NANOS) {
            return null;
        }
        lookedAt = now;
        link.poll(0);
        return take();
    }

    private void checkOpen() {
        if (closing.get()) {
            throw new IllegalStateException("connection is closed");
        }
    }

    /** The next unit that is there already; null where none is. */
    private McmBuffer take() throws ConnectionLostException {
        if (reconnector != null && !reconnect()) {
            return null;
        }
        Link from = link;
        while (from.rx().next()) {
            McmBuffer buffer = read(from, from.rx());
            if (buffer != null) {
                return buffer;
            }
        }
        from.rx().flush();
        if (!from.isUp()) {
            lose("connection to the proxy lost: " + from.lossReason());
        }
        return null;
    }

    private void lose(String reason) throws ConnectionLostException {
        if (state != ConnectionState.LOST) {
            counters.increment(SdkCounter.LOSSES);
        }
        if (request.onLoss() == OnLoss.END) {
            state = ConnectionState.LOST;
            throw new ConnectionLostException(reason);
        }
        state = ConnectionState.RECONNECTING;
        LOSSES.log(() -> reason);
        reconnector = Reconnector.start(request, link, timing, counters, this::wake);
        if (request.onLoss() == OnLoss.REPORT_AND_RECONNECT) {
            throw new ConnectionLostException(reason);
        }
    }

    /** Moves on to the new link; false where there is none yet. */
    private boolean reconnect() {
        Link fresh = reconnector.take();
        if (fresh == null) {
            return false;
        }
        reconnector = null;
        counters.increment(SdkCounter.RECONNECTS);
        synchronized (replacing) {
            Link old = link;
            link = fresh;
            retire(old);
        }
        state = ConnectionState.CONNECTED;
        return true;
    }

    private void retire(Link old) {
        if (old.isHeld()) {
            retired.add(old);
        } else {
            old.close();
        }
    }

    private void wake() {
        synchronized (replacing) {
            link.wake();
        }
    }

    /** Null for a buffer whose headers do not fit it; that one is given back. */
    private McmBuffer read(Link from, RxQueue rx) {
        long base = rx.offset() + BufferHeader.LENGTH;
        int metadata = rx.length() < BufferHeader.LENGTH ? -1 : from.metadataLength(base);
        long length = metadata < 0 ? -1 : BufferHeader.payloadLength(rx.segment(), rx.offset());
        if (length < 0 || length > rx.length() - BufferHeader.LENGTH - metadata) {
            counters.increment(SdkCounter.MALFORMED);
            rx.release(rx.ticket());
            return null;
        }
        counters.increment(SdkCounter.BUFFERS);
        counters.add(SdkCounter.BYTES, length);
        McmBuffer buffer = spare.isEmpty() ? new McmBuffer(this) : spare.pop();
        buffer.fill(from, BufferHeader.sequence(rx.segment(), rx.offset()), BufferHeader.timestamp(rx.segment(), rx.offset()));
        if (rx.isGathered()) {
            byte[] copy = rx.segment().asSlice(base, metadata + length).toArray(JAVA_BYTE);
            buffer.place(MemorySegment.ofArray(copy), 0, metadata, (int) length);
        } else {
            buffer.place(rx.segment(), base, metadata, (int) length);
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
            Link of = buffer.giveBack(this);
            if (!closing.get()) {
                of.release(buffer.ticket());
                unmapUnused(of);
            }
            spare.push(buffer);
        } finally {
            lock.unlock();
        }
    }

    private void unmapUnused(Link of) {
        if (of != link && !of.isHeld()) {
            retired.remove(of);
            of.close();
        }
    }

    /** Changes in {@link #dequeue} and {@link #close} only; may be asked from any thread. */
    public ConnectionState state() {
        return state;
    }

    public Counters<SdkCounter> counters() {
        return counters;
    }

    /** The proxy's number for this session; after a reconnect it may be another one. */
    public int sessionId() {
        return link.session().id();
    }

    /** Bytes of each buffer, header included, as the proxy has asked for them; after a reconnect there may be more or fewer. */
    public int bufferLength() {
        return link.config().bufferLength();
    }

    /** How many units may lie unread before the proxy has nowhere to put the next. */
    public int ringSize() {
        return 1 << link.config().log2RingSize();
    }

    /** Ends session and memif; units that were not given back must not be used any more. A {@link #dequeue} that waits returns null. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        while (!lock.tryLock()) {
            wake();
            Thread.onSpinWait();
        }
        try {
            state = ConnectionState.CLOSED;
            // As the C SDK: first the session, then the memory that its proxy writes to.
            endSession();
            retired.forEach(Link::close);
            synchronized (replacing) {
                link.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** While it reconnects the session is the reconnector's. */
    private void endSession() {
        if (reconnector == null) {
            link.session().close();
        } else {
            reconnector.close();
        }
    }
}
