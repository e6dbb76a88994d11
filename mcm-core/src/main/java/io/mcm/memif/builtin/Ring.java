package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mcm.foreign.EventFd;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One ring in shared memory, seen from one side: which index is ours follows from the role, and the order is in the method's name.
 *
 * <p>Between two ends of ours, or with VPP or DPDK, whatever was written before an index was moved is seen by whoever has seen the index (release
 * and acquire; RingStress in the tests). libmemif stores its index after a full fence, but loads ours without any: that is right on x86-64, where
 * the processor keeps loads in order, and on AArch64 by nothing. What we receive of it is safe everywhere; what it receives of us is safe on
 * x86-64 only, and no order of ours can mend that. The interrupt flag is not ordered with the index by any known peer: where it is changed during
 * traffic, a wake-up may be lost.
 */
final class Ring implements AutoCloseable {

    private static final VarHandle INDEX = JAVA_SHORT.varHandle();
    private static final VarHandle FLAGS = JAVA_SHORT.varHandle();
    private static final long FLAGS_OFFSET = RingDescriptor.FLAGS_OFFSET;

    /** The ring and nothing else, so that most offsets are constants. */
    private final MemorySegment memory;
    private final int size;
    private final long ownIndexOffset;
    private final long peerIndexOffset;
    private final EventFd interrupt;

    /**
     * @param memory the region that holds the ring
     * @param base where in it the ring starts, checked by the caller
     * @param interrupt wakes the consumer; owned from here on
     */
    Ring(MemorySegment memory, long base, int log2Size, Role role, EventFd interrupt) {
        this.memory = memory.asSlice(base, RingDescriptor.length(log2Size));
        this.size = 1 << log2Size;
        this.interrupt = interrupt;
        boolean client = role == Role.CLIENT;
        ownIndexOffset = client ? RingDescriptor.HEAD_OFFSET : RingDescriptor.TAIL_OFFSET;
        peerIndexOffset = client ? RingDescriptor.TAIL_OFFSET : RingDescriptor.HEAD_OFFSET;
    }

    /** What a client writes into new memory. */
    void initialize() {
        memory.set(JAVA_INT, RingDescriptor.COOKIE_OFFSET, RingDescriptor.COOKIE);
    }

    boolean hasCookie() {
        return memory.get(JAVA_INT, RingDescriptor.COOKIE_OFFSET) == RingDescriptor.COOKIE;
    }

    /** Descriptors, a power of two. */
    int size() {
        return size;
    }

    EventFd interrupt() {
        return interrupt;
    }

    /** What the peer wrote before it moved its index is visible after this. */
    int peerIndexAcquire() {
        return (short) INDEX.getAcquire(memory, peerIndexOffset) & 0xffff;
    }

    /** Makes what we wrote before this visible to the peer that reads the index. */
    void ownIndexRelease(int index) {
        INDEX.setRelease(memory, ownIndexOffset, (short) index);
    }

    /** Said by the consumer: it polls, or it sleeps and wants the eventfd written. */
    void maskInterruptOpaque(boolean masked) {
        FLAGS.setOpaque(memory, FLAGS_OFFSET, (short) (masked ? RingDescriptor.FLAG_MASK_INTERRUPT : 0));
    }

    /** Asked by the producer after it has moved its index. */
    boolean interruptWantedOpaque() {
        short flags = (short) FLAGS.getOpaque(memory, FLAGS_OFFSET);
        return (flags & RingDescriptor.FLAG_MASK_INTERRUPT) == 0;
    }

    /** Flags, region and length of a descriptor, read at once: a peer may change them after the check, so there is one read only. */
    long firstWord(int index) {
        return memory.get(JAVA_LONG, descriptor(index));
    }

    /** Offset and metadata of a descriptor. */
    long secondWord(int index) {
        return memory.get(JAVA_LONG, descriptor(index) + RingDescriptor.SECOND_WORD_OFFSET);
    }

    void firstWord(int index, long word) {
        memory.set(JAVA_LONG, descriptor(index), word);
    }

    void secondWord(int index, long word) {
        memory.set(JAVA_LONG, descriptor(index) + RingDescriptor.SECOND_WORD_OFFSET, word);
    }

    private long descriptor(int index) {
        return RingDescriptor.DESCRIPTORS_OFFSET + (long) (index & size - 1) * RingDescriptor.DESCRIPTOR_LENGTH;
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
