package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RingLayout.COOKIE;
import static io.mcm.conformance.suite.RingLayout.DESCRIPTOR;
import static io.mcm.conformance.suite.RingLayout.DESCRIPTORS;
import static io.mcm.conformance.suite.RingLayout.HEAD;
import static io.mcm.conformance.suite.RingLayout.LENGTH_OFFSET;
import static io.mcm.conformance.suite.RingLayout.OFFSET_OFFSET;
import static io.mcm.conformance.suite.RingLayout.REGION_OFFSET;
import static io.mcm.conformance.suite.RingLayout.TAIL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.SharedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * A consumer whose memif is made by hand, as libmemif's client makes it, and that may make it wrong.
 *
 * <pre>
 *   region 0   ring to the proxy 0 | ring from the proxy 128 + 16 n
 *   region 1   n buffers, n buffers
 * </pre>
 */
final class HandConsumer implements AutoCloseable {

    /** Messages of a whole handshake, after HELLO: INIT, two regions, two rings, CONNECT. */
    static final int STEPS = 6;

    private static final VarHandle INDEX = JAVA_SHORT.varHandle();

    private final MemifWire wire;
    private final MemifAnswer answer;
    private final int slots;
    private final int log2;
    private final int bufferSize;
    private final SharedMemory rings;
    private final SharedMemory buffers;
    private final EventFd toProxy = EventFd.create();
    private final EventFd fromProxy = EventFd.create();
    private final Reactor reactor = new Reactor();
    private boolean woken;
    private int taken;
    private boolean closed;

    private HandConsumer(MemifAnswer answer, Evidence evidence, int log2, int bufferSize) throws CaseFailure {
        this.answer = answer;
        this.log2 = log2;
        this.bufferSize = bufferSize;
        slots = 1 << log2;
        wire = MemifWire.connect(answer.path(), evidence);
        rings = SharedMemory.create("memif region 0", 2 * stride());
        buffers = SharedMemory.create("memif region 1", 2L * slots * bufferSize);
        rings.segment().set(JAVA_INT_UNALIGNED, 0, COOKIE);
        rings.segment().set(JAVA_INT_UNALIGNED, stride(), COOKIE);
        reactor.add(fromProxy.fd(), () -> {
            fromProxy.drain();
            woken = true;
        });
    }

    /** With rings and buffers as the proxy asks for them. */
    static HandConsumer of(MemifAnswer answer, Evidence evidence) throws CaseFailure {
        return new HandConsumer(answer, evidence, answer.log2RingSize(), answer.bufferSize());
    }

    int slots() {
        return slots;
    }

    long stride() {
        return RingLayout.length(slots);
    }

    int log2() {
        return log2;
    }

    MemifWire wire() {
        return wire;
    }

    SharedMemory rings() {
        return rings;
    }

    SharedMemory buffers() {
        return buffers;
    }

    EventFd interrupt() {
        return fromProxy;
    }

    /** The whole handshake, and all buffers offered. */
    HandConsumer connected() throws CaseFailure {
        advance(STEPS);
        offerAll();
        return this;
    }

    /** HELLO and so many of the {@link #STEPS}, each answered. */
    void advance(int steps) throws CaseFailure {
        wire.expectHello();
        for (int step = 0; step < steps; step++) {
            say(step);
            wire.expect(step == STEPS - 1 ? MemifWire.CONNECTED : MemifWire.ACK);
        }
    }

    void say(int step) {
        switch (step) {
            case 0 -> wire.send(MemifWire.init(answer.interfaceId()), -1);
            case 1 -> wire.send(MemifWire.region(0, rings.segment().byteSize()), rings.fd());
            case 2 -> wire.send(MemifWire.region(1, buffers.segment().byteSize()), buffers.fd());
            case 3 -> wire.send(MemifWire.ring(true, 0, log2), toProxy.fd());
            case 4 -> wire.send(MemifWire.ring(false, stride(), log2), fromProxy.fd());
            default -> wire.send(MemifWire.connectMessage(), -1);
        }
    }

    void offerAll() {
        for (int i = 0; i < slots; i++) {
            describe(i, 1, bufferSize, (long) (slots + i) * bufferSize);
        }
        publish(slots);
    }

    /** What the ring from the proxy says of a buffer. */
    void describe(int slot, int region, int length, long offset) {
        MemorySegment descriptor = descriptor(slot);
        descriptor.set(JAVA_SHORT_UNALIGNED, 0, (short) 0);
        descriptor.set(JAVA_SHORT_UNALIGNED, REGION_OFFSET, (short) region);
        descriptor.set(JAVA_INT_UNALIGNED, LENGTH_OFFSET, length);
        descriptor.set(JAVA_INT_UNALIGNED, OFFSET_OFFSET, (int) offset);
    }

    private MemorySegment descriptor(int index) {
        return rings.segment().asSlice(stride() + DESCRIPTORS + (long) DESCRIPTOR * (index & slots - 1), DESCRIPTOR);
    }

    /** Head of the ring from the proxy: buffers up to it are offered. */
    void publish(int head) {
        INDEX.setRelease(rings.segment(), stride() + HEAD, (short) head);
    }

    /** Whether the next buffer is full, so that {@link #take} has something to take. */
    boolean hasNext() {
        return (short) INDEX.getAcquire(rings.segment(), stride() + TAIL) != (short) taken;
    }

    /** Full buffers that have not been taken. */
    int unread() {
        return (short) INDEX.getAcquire(rings.segment(), stride() + TAIL) - taken & 0xffff;
    }

    /** Whether the proxy has written the eventfd since this was asked last. */
    boolean isWoken() {
        woken = false;
        reactor.poll(0);
        return woken;
    }

    /** The next buffer, as long as its descriptor says; it is offered again. */
    byte[] take() throws CaseFailure {
        MemorySegment descriptor = descriptor(taken);
        long offset = Integer.toUnsignedLong(descriptor.get(JAVA_INT_UNALIGNED, OFFSET_OFFSET));
        int length = descriptor.get(JAVA_INT_UNALIGNED, LENGTH_OFFSET);
        int region = descriptor.get(JAVA_SHORT_UNALIGNED, REGION_OFFSET);
        long expected = (long) (slots + (taken & slots - 1)) * bufferSize;
        if (region != 1 || offset != expected || length < 0 || length > bufferSize) {
            throw new CaseFailure("a buffer of region 1 at " + expected + ", at most " + bufferSize + " bytes",
                length + " bytes at " + offset + " of region " + region);
        }
        byte[] bytes = buffers.segment().asSlice(offset, length).toArray(JAVA_BYTE);
        describe(taken, 1, bufferSize, offset);
        taken++;
        publish(taken + slots);
        return bytes;
    }

    /** At once and without a word, as a process that is killed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wire.close();
            reactor.close();
            toProxy.close();
            fromProxy.close();
            rings.close();
            buffers.close();
        }
    }
}
