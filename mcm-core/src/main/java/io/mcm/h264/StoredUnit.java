package io.mcm.h264;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A whole NAL unit, or one that is becoming whole, waiting for its turn in decoding or transmission order. Its memory is used again. */
final class StoredUnit {

    /** An Ethernet frame and some room: most units of an interleaved stream come in one packet. */
    static final int MIN_CAPACITY = 2048;

    private final NalUnitOrigin origin = new NalUnitOrigin();
    private MemorySegment bytes = MemorySegment.NULL;
    private int length;
    private int header;
    private long don;

    /** @param don decoding order number without wraps */
    void begin(NalUnitOrigin from, int header, long don) {
        origin.set(from);
        this.header = header;
        this.don = don;
        length = 0;
    }

    int capacity() {
        return (int) bytes.byteSize();
    }

    /** Bytes without the header. */
    int length() {
        return length;
    }

    /** Takes so much memory from now on; what was appended stays. */
    void grow(int capacity) {
        MemorySegment larger = Arena.ofAuto().allocate(capacity);
        MemorySegment.copy(bytes, 0, larger, 0, length);
        bytes = larger;
    }

    /** The capacity must allow it. */
    void append(MemorySegment from, long offset, int count) {
        MemorySegment.copy(from, offset, bytes, length, count);
        length += count;
    }

    long don() {
        return don;
    }

    int header() {
        return header;
    }

    int timestamp() {
        return origin.timestamp();
    }

    /** Copies bytes of the unit; {@code start} counts from the one after the header. */
    void copy(int start, MemorySegment to, long at, int count) {
        MemorySegment.copy(bytes, start, to, at, count);
    }

    boolean isSlice() {
        return NalType.isSlice(NalHeader.type(header));
    }

    void deliver(NalUnitSink sink) {
        sink.begin(origin, header);
        if (length > 0) {
            sink.append(bytes, 0, length);
        }
        sink.end();
    }
}
