package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What recvmmsg(2) fills: for every slot room for bytes, for the sender's address, and for control messages. */
final class ReceiveSlots {

    /** Not a power of two: slots a power of two apart would all fall into the same sets of the first-level cache. */
    private static final long STRIDE = 65_536 + 2_112;

    /** A sockaddr_in6, aligned. */
    private static final int PEER_STRIDE = 32;

    private final int count;
    private final MemorySegment slab;
    private final MemorySegment headers;
    private final MemorySegment peers;
    private final MemorySegment controls;
    /** Slots whose lengths the kernel has written over. */
    private int used;

    ReceiveSlots(int count, Arena arena) {
        this.count = count;
        slab = arena.allocate(count * STRIDE, 64);
        headers = arena.allocate((long) count * MessageHeader.MULTI_LENGTH, 8);
        peers = arena.allocate((long) count * PEER_STRIDE, 8);
        controls = arena.allocate(count * SlotControl.ROOM, 8);
        MemorySegment iovecs = arena.allocate((long) count * MessageHeader.IOVEC_LENGTH, 8);
        for (int i = 0; i < count; i++) {
            MemorySegment iovec = iovecs.asSlice((long) i * MessageHeader.IOVEC_LENGTH, MessageHeader.IOVEC_LENGTH);
            iovec.set(JAVA_LONG, MessageHeader.IOVEC_BASE_OFFSET, slab.address() + offset(i));
            iovec.set(JAVA_LONG, MessageHeader.IOVEC_SIZE_OFFSET, DatagramBatch.MAX_DATAGRAM_LENGTH);
            headers.set(JAVA_LONG, header(i) + MessageHeader.IOV_OFFSET, iovec.address());
            headers.set(JAVA_LONG, header(i) + MessageHeader.IOV_COUNT_OFFSET, 1);
            headers.set(JAVA_LONG, header(i) + MessageHeader.NAME_OFFSET, peers.address() + peerOffset(i));
            headers.set(JAVA_LONG, header(i) + MessageHeader.CONTROL_OFFSET, controls.address() + controlOffset(i));
        }
        used = count;
    }

    /** Takes what has arrived; slots filled. */
    int receive(int fd) {
        for (int i = 0; i < used; i++) {
            headers.set(JAVA_INT, header(i) + MessageHeader.NAME_LENGTH_OFFSET, PeerAddress.MAX_LENGTH);
            headers.set(JAVA_LONG, header(i) + MessageHeader.CONTROL_LENGTH_OFFSET, SlotControl.ROOM);
        }
        used = Math.max(0, Libc.recvmmsg(fd, headers, count, MessageHeader.MSG_DONTWAIT));
        return used;
    }

    private static long header(int slot) {
        return (long) slot * MessageHeader.MULTI_LENGTH;
    }

    int count() {
        return count;
    }

    MemorySegment slab() {
        return slab;
    }

    long offset(int slot) {
        return slot * STRIDE;
    }

    int length(int slot) {
        return headers.get(JAVA_INT, header(slot) + MessageHeader.MULTI_RECEIVED_OFFSET);
    }

    MemorySegment peers() {
        return peers;
    }

    long peerOffset(int slot) {
        return (long) slot * PEER_STRIDE;
    }

    int peerLength(int slot) {
        return Math.min(PeerAddress.MAX_LENGTH, headers.get(JAVA_INT, header(slot) + MessageHeader.NAME_LENGTH_OFFSET));
    }

    private static long controlOffset(int slot) {
        return slot * SlotControl.ROOM;
    }

    void wrap(SlotControl control, int slot) {
        control.wrap(controls, controlOffset(slot), headers.get(JAVA_LONG, header(slot) + MessageHeader.CONTROL_LENGTH_OFFSET));
    }
}
