package io.mcm.conformance.sdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.RingLayout;
import io.mcm.conformance.suite.Scene;
import io.mcm.foreign.EventFd;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.List;

/** The ring to the client, written by hand; layout: {@link RingLayout}. */
final class ServedRing {

    private static final VarHandle INDEX = JAVA_SHORT.varHandle();
    private static final int INDEXES = 1 << 16;
    /** A receiver that is awake takes a unit in less. */
    private static final long SPIN_NANOS = 500_000;

    private final MemorySegment ring;
    private final List<MemorySegment> regions;
    private final int slots;
    private final int capacity;
    private final EventFd interrupt;
    private final SdkScene sdk;
    /** Buffers written; the next is this one, modulo the ring's size. */
    private int filled;
    private int published;

    ServedRing(MemorySegment ring, List<MemorySegment> regions, int capacity, EventFd interrupt, SdkScene sdk) {
        this.ring = ring;
        this.regions = regions;
        this.slots = (int) ((ring.byteSize() - RingLayout.DESCRIPTORS) / RingLayout.DESCRIPTOR);
        this.capacity = capacity;
        this.interrupt = interrupt;
        this.sdk = sdk;
    }

    int slots() {
        return slots;
    }

    int capacity() {
        return capacity;
    }

    /** Buffers that can be written now. */
    int offered() {
        return ((short) INDEX.getAcquire(ring, RingLayout.HEAD) - filled) & INDEXES - 1;
    }

    boolean isAllGivenBack() {
        return published == filled && offered() == slots;
    }

    /** @throws CaseFailure where the client does not give so many back */
    void awaitOffered(int count) throws CaseFailure {
        long spinning = System.nanoTime() + SPIN_NANOS;
        while (offered() < count && System.nanoTime() < spinning) {
            Thread.onSpinWait();
        }
        if (!Scene.within(SdkScene.PATIENCE, () -> offered() >= count || !sdk.process().isAlive()) || offered() < count) {
            throw new CaseFailure(count + " of " + slots + " buffers offered", offered() + " after " + filled + " units; " + sdk.state());
        }
        if (offered() > slots) {
            throw new CaseFailure("at most " + slots + " buffers offered", String.valueOf(offered()));
        }
    }

    /** Writes the next buffer and publishes nothing. */
    void fill(byte[] bytes) throws CaseFailure {
        awaitOffered(1);
        MemorySegment buffer = buffer(filled);
        MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, Math.min(bytes.length, capacity));
        descriptor(filled).set(JAVA_INT_UNALIGNED, RingLayout.LENGTH_OFFSET, bytes.length);
        filled++;
    }

    /** Offered whole and inside of a region, each time anew. */
    private MemorySegment buffer(int index) throws CaseFailure {
        MemorySegment descriptor = descriptor(index);
        int region = Short.toUnsignedInt(descriptor.get(JAVA_SHORT_UNALIGNED, RingLayout.REGION_OFFSET));
        long length = Integer.toUnsignedLong(descriptor.get(JAVA_INT_UNALIGNED, RingLayout.LENGTH_OFFSET));
        long offset = Integer.toUnsignedLong(descriptor.get(JAVA_INT_UNALIGNED, RingLayout.OFFSET_OFFSET));
        int flags = descriptor.get(JAVA_SHORT_UNALIGNED, 0);
        if (region >= regions.size() || length < capacity || offset + length > regions.get(region).byteSize() || flags != 0) {
            throw new CaseFailure("buffer " + index + " offered with " + capacity + " bytes of a region, flags 0",
                length + " bytes at " + offset + " of region " + region + ", flags " + flags);
        }
        return regions.get(region).asSlice(offset, capacity);
    }

    /** Of the n-th buffer since the beginning. */
    MemorySegment descriptor(int index) {
        return ring.asSlice(RingLayout.DESCRIPTORS + (long) RingLayout.DESCRIPTOR * (index & slots - 1), RingLayout.DESCRIPTOR);
    }

    /** Of the buffer that was written last. */
    MemorySegment lastDescriptor() {
        return descriptor(filled - 1);
    }

    /** All that is written; the client is not woken. */
    void publishQuietly() {
        published = filled;
        tail(filled);
    }

    void publish() {
        publishQuietly();
        if ((ring.get(JAVA_SHORT_UNALIGNED, RingLayout.FLAGS) & RingLayout.MASK_INTERRUPT) == 0) {
            wake();
        }
    }

    void wake() {
        interrupt.signal();
    }

    /** Whatever it says of what is published. */
    void tail(int value) {
        INDEX.setRelease(ring, RingLayout.TAIL, (short) value);
    }

    int filled() {
        return filled;
    }
}
