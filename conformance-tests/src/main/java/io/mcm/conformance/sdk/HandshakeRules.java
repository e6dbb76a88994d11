package io.mcm.conformance.sdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.MemifWire;
import io.mcm.conformance.suite.RingLayout;
import io.mcm.foreign.SharedMemory;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

/** What a client's messages must be like. */
final class HandshakeRules {

    private HandshakeRules() {}

    private static void demand(String what, long expected, long got) throws CaseFailure {
        if (expected != got) {
            throw new CaseFailure(what + " " + expected, String.valueOf(got));
        }
    }

    private static void demand(boolean good, String expected, String got) throws CaseFailure {
        if (!good) {
            throw new CaseFailure(expected, got);
        }
    }

    private static int unsigned(MemorySegment message, int offset) {
        return Short.toUnsignedInt(message.get(JAVA_SHORT_UNALIGNED, offset));
    }

    private static String text(MemorySegment message, int offset, int length) {
        return ControlPeer.text(message.asSlice(offset, length).toArray(JAVA_BYTE), 0, length);
    }

    /** @param descriptors that came with it; memory and eventfds come alone, and with nothing else */
    static void message(int length, int type, int descriptors, Supplier<String> state) throws CaseFailure {
        demand(length > 0, "a memif message", length == MemifWire.WOULD_BLOCK ? "none; " + state.get() : "the connection's end; " + state.get());
        demand("a memif message's length", MemifWire.MESSAGE, length);
        boolean carries = type == MemifWire.ADD_REGION || type == MemifWire.ADD_RING;
        demand("descriptors with a message of type " + type, carries ? 1 : 0, descriptors);
    }

    static void init(MemorySegment init, MemifOffer offer) throws CaseFailure {
        demand("version", MemifWire.VERSION, unsigned(init, MemifWire.INIT_VERSION_OFFSET));
        demand("interface id", offer.id(), init.get(JAVA_INT_UNALIGNED, MemifWire.INIT_ID_OFFSET));
        demand("mode", 0, init.get(JAVA_BYTE, MemifWire.INIT_MODE_OFFSET));
        String secret = text(init, MemifWire.INIT_SECRET_OFFSET, MemifWire.SECRET_LENGTH);
        // Where none is told, none is looked at, and libmemif sends what its heap holds.
        demand(offer.secret().isEmpty() || secret.equals(offer.secret()), "secret \"" + offer.secret() + "\"", "\"" + secret + "\"");
        demand(!text(init, MemifWire.INIT_NAME_OFFSET, MemifWire.NAME_LENGTH).endsWith("(no NUL)"), "a name with a NUL behind it", "none");
    }

    static void connect(MemorySegment connect) throws CaseFailure {
        demand(!text(connect, MemifWire.CONNECT_NAME_OFFSET, MemifWire.NAME_LENGTH).endsWith("(no NUL)"), "a name with a NUL behind it", "none");
    }

    /** @return its size, which its memory has */
    static long region(MemorySegment region, int index, int descriptor) throws CaseFailure {
        demand("region index", index, unsigned(region, MemifWire.REGION_INDEX_OFFSET));
        long size = region.get(JAVA_LONG_UNALIGNED, MemifWire.REGION_SIZE_OFFSET);
        long memory = SharedMemory.sizeOf(descriptor);
        demand(size > 0 && size <= memory, "a region of no more than its memory's " + memory + " bytes", size + " bytes");
        demand(SharedMemory.isSealedAgainstShrinking(descriptor), "memory that is sealed against shrinking", "it can be cut short");
        return size;
    }

    /** @return where it lies */
    static MemorySegment ring(MemorySegment ring, List<MemorySegment> regions, int log2) throws CaseFailure {
        demand("ring index", 0, unsigned(ring, MemifWire.RING_INDEX_OFFSET));
        demand("log2 of the ring size", log2, ring.get(JAVA_BYTE, MemifWire.RING_LOG2_SIZE_OFFSET));
        demand("private header size", 0, unsigned(ring, MemifWire.RING_PRIVATE_HEADER_OFFSET));
        int region = unsigned(ring, MemifWire.RING_REGION_OFFSET);
        demand(region < regions.size(), "a ring in one of " + regions.size() + " regions", "region " + region);
        long offset = Integer.toUnsignedLong(ring.get(JAVA_INT_UNALIGNED, MemifWire.RING_OFFSET_OFFSET));
        long length = RingLayout.length(1 << log2);
        long room = regions.get(region).byteSize();
        demand(offset + length <= room, "a ring of " + length + " bytes inside of a region of " + room, "offset " + offset);
        MemorySegment memory = regions.get(region).asSlice(offset, length);
        demand("cookie", RingLayout.COOKIE, HandServer.cookie(memory));
        return memory;
    }
}
