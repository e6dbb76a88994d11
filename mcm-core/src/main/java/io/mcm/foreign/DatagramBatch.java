package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Room for datagrams that are received together, each in a slot of its own of one slab: by one recvmmsg(2), or one by one. Used again
 * for every batch; a worker needs one, whatever the number of its sockets.
 */
public final class DatagramBatch implements AutoCloseable {

    /** The largest UDP payload, over IPv6 (RFC 768, RFC 8200: 65,535 less the UDP header). */
    public static final int MAX_DATAGRAM_LENGTH = 65_527;

    /** Not a power of two: slots a power of two apart would all fall into the same sets of the first-level cache. */
    private static final long SLOT_STRIDE = 65_536 + 2_112;

    /** More than this at once recvmmsg(2) does not take (UIO_MAXIOV, include/uapi/linux/uio.h). */
    public static final int MAX_SLOTS = 1024;

    /** A sockaddr_in6, aligned. */
    private static final int PEER_STRIDE = 32;

    private final int slots;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slab;
    private final MemorySegment headers;
    private final MemorySegment peers;
    private boolean recordsPeers;
    private int count;

    public DatagramBatch(int slots) {
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("batch of " + slots + " datagrams, allowed are 1 to " + MAX_SLOTS);
        }
        this.slots = slots;
        slab = arena.allocate(slots * SLOT_STRIDE, 64);
        headers = arena.allocate((long) slots * MessageHeader.MULTI_LENGTH, 8);
        peers = arena.allocate((long) slots * PEER_STRIDE, 8);
        MemorySegment iovecs = arena.allocate((long) slots * MessageHeader.IOVEC_LENGTH, 8);
        for (int i = 0; i < slots; i++) {
            MemorySegment iovec = iovecs.asSlice((long) i * MessageHeader.IOVEC_LENGTH, MessageHeader.IOVEC_LENGTH);
            iovec.set(JAVA_LONG, MessageHeader.IOVEC_BASE_OFFSET, slab.address() + i * SLOT_STRIDE);
            iovec.set(JAVA_LONG, MessageHeader.IOVEC_SIZE_OFFSET, MAX_DATAGRAM_LENGTH);
            long header = (long) i * MessageHeader.MULTI_LENGTH;
            headers.set(JAVA_LONG, header + MessageHeader.IOV_OFFSET, iovec.address());
            headers.set(JAVA_LONG, header + MessageHeader.IOV_COUNT_OFFSET, 1);
        }
    }

    /** Whether the next batches record who sent each datagram, which costs a little; they do not unless asked. */
    public void recordPeers(boolean wanted) {
        if (wanted != recordsPeers) {
            recordsPeers = wanted;
            for (int i = 0; i < slots; i++) {
                long header = (long) i * MessageHeader.MULTI_LENGTH;
                headers.set(JAVA_LONG, header + MessageHeader.NAME_OFFSET, wanted ? peers.address() + peerOffset(i) : 0);
            }
        }
    }

    int receiveFrom(int fd) {
        for (int i = 0; recordsPeers && i < slots; i++) {
            // The kernel wrote the last name's length over it.
            headers.set(JAVA_INT, (long) i * MessageHeader.MULTI_LENGTH + MessageHeader.NAME_LENGTH_OFFSET, PeerAddress.MAX_LENGTH);
        }
        count = Math.max(0, Libc.recvmmsg(fd, headers, slots, MessageHeader.MSG_DONTWAIT));
        return count;
    }

    /** Makes all slots free, for a source that fills them one by one. */
    public void clear() {
        count = 0;
    }

    public boolean isFull() {
        return count == slots;
    }

    /** Where the next datagram goes, {@link #MAX_DATAGRAM_LENGTH} bytes at most. */
    public long nextAddress() {
        return slab.address() + offset(count);
    }

    /** There is a datagram of that length at {@link #nextAddress} now. */
    public void add(int length) {
        headers.set(JAVA_INT, (long) count * MessageHeader.MULTI_LENGTH + MessageHeader.MULTI_RECEIVED_OFFSET, length);
        count++;
    }

    /** Datagrams received last. */
    public int count() {
        return count;
    }

    /** Datagrams that fit at once; fewer than that means that the socket is empty. */
    public int capacity() {
        return slots;
    }

    /** The bytes of all of them. */
    public MemorySegment slab() {
        return slab;
    }

    public long offset(int i) {
        return i * SLOT_STRIDE;
    }

    public int length(int i) {
        return headers.get(JAVA_INT, (long) i * MessageHeader.MULTI_LENGTH + MessageHeader.MULTI_RECEIVED_OFFSET);
    }

    MemorySegment peers() {
        return peers;
    }

    long peerOffset(int i) {
        return (long) i * PEER_STRIDE;
    }

    /** Bytes of the i-th sender's address; 0 where none was recorded. */
    int peerLength(int i) {
        return recordsPeers
            ? Math.min(PeerAddress.MAX_LENGTH, headers.get(JAVA_INT, (long) i * MessageHeader.MULTI_LENGTH + MessageHeader.NAME_LENGTH_OFFSET))
            : 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
