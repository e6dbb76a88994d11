package io.mcm.ingest;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.EventFd;
import io.mcm.foreign.PeerAddress;
import io.mcm.metric.Counters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets that came over a TCP connection between RTSP's messages: a thread that reads the connection puts them into a ring of bytes, the worker takes
 * them out in batches. Where the ring is full that thread waits, and with it, by TCP, the camera: none is lost here.
 *
 * <pre>
 *   ring: | length 4 | packet | length 4 | packet | ...      records follow each other without padding, around the end
 * </pre>
 */
public final class InterleavedSource implements AnsweringSource {

    /** Some dozen of the largest pictures' worth of packets of a camera with 8 Mbit/s; a worker's turn takes far less. */
    public static final int DEFAULT_CAPACITY = 1 << 20;

    private static final ValueLayout.OfInt LENGTH = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int LENGTH_BYTES = Integer.BYTES;

    /** Takes what is to go back over the connection. */
    @FunctionalInterface
    public interface Answer {

        /** False where it was not taken. Must not wait. */
        boolean send(MemorySegment bytes, int length);
    }

    private final int port;
    private final Answer answer;
    private final int capacity;
    private final MemorySegment ring;
    private final MemorySegment header = MemorySegment.ofArray(new byte[LENGTH_BYTES]);
    private final EventFd readable = EventFd.create();
    private final Counters<IngestCounter> counters = new Counters<>(IngestCounter.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomMade = lock.newCondition();
    private long written;
    private long read;
    private boolean closed;

    /**
     * @param port by which sessions name it
     * @param capacity bytes of packets that wait, more than the largest of them
     */
    public InterleavedSource(int port, int capacity, Answer answer) {
        if (capacity < LENGTH_BYTES + DatagramBatch.MAX_DATAGRAM_LENGTH) {
            throw new IllegalArgumentException("ring of " + capacity + " bytes; allowed are "
                + (LENGTH_BYTES + DatagramBatch.MAX_DATAGRAM_LENGTH) + " and more");
        }
        this.port = port;
        this.capacity = capacity;
        this.answer = answer;
        ring = Arena.ofAuto().allocate(capacity);
    }

    /**
     * Puts a packet in, and waits for room. For one thread that is not the worker's.
     *
     * @return false where it is longer than any datagram, or the source is closed
     */
    public boolean put(MemorySegment packet, long offset, int length) {
        if (length > DatagramBatch.MAX_DATAGRAM_LENGTH) {
            return false;
        }
        lock.lock();
        try {
            while (!closed && capacity - (written - read) < LENGTH_BYTES + length) {
                roomMade.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            boolean wasEmpty = written == read;
            header.set(LENGTH, 0, length);
            copyIn(header, 0, LENGTH_BYTES);
            copyIn(packet, offset, length);
            if (wasEmpty) {
                readable.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void copyIn(MemorySegment from, long offset, int length) {
        long at = written % capacity;
        long first = Math.min(length, capacity - at);
        MemorySegment.copy(from, offset, ring, at, first);
        MemorySegment.copy(from, offset + first, ring, 0, length - first);
        written += length;
    }

    private void copyOut(MemorySegment to, long offset, int length) {
        long at = read % capacity;
        long first = Math.min(length, capacity - at);
        MemorySegment.copy(ring, at, to, offset, first);
        MemorySegment.copy(ring, 0, to, offset + first, length - first);
        read += length;
    }

    @Override
    public int receive(DatagramBatch batch) {
        batch.clear();
        lock.lock();
        try {
            while (written != read && !batch.isFull()) {
                copyOut(header, 0, LENGTH_BYTES);
                int length = header.get(LENGTH, 0);
                copyOut(batch.slab(), batch.nextOffset(), length);
                batch.add(length);
            }
            if (written == read) {
                readable.drain();
            }
            roomMade.signal();
        } finally {
            lock.unlock();
        }
        return batch.count();
    }

    @Override
    public int fd() {
        return readable.fd();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean send(MemorySegment bytes, int length, PeerAddress to) {
        return answer.send(bytes, length);
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public Counters<IngestCounter> counters() {
        return counters;
    }

    /** A thread that waits for room goes on. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                roomMade.signalAll();
                readable.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
