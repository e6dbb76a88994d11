package io.mcm.proxy.delivery;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies of the NAL units before an access unit's first slice, until that tells what becomes of them. */
final class HeldUnits {

    /**
     * Bytes of all of them. Parameter sets take some hundred, of which an access unit has at most 288; an SEI as long as a slice would only be a
     * sender's mistake.
     */
    static final int MAX_BYTES = 1 << 16;
    /** AUD, some parameter sets and SEI; RFC 6184's largest aggregation has less than that in practice. */
    static final int MAX_UNITS = 64;

    private final MemorySegment bytes = Arena.ofAuto().allocate(MAX_BYTES);
    private final NalUnitOrigin[] origins = new NalUnitOrigin[MAX_UNITS];
    private final int[] headers = new int[MAX_UNITS];
    /** Where each ends. */
    private final int[] ends = new int[MAX_UNITS];
    private int count;
    private int written;
    private boolean fits;

    HeldUnits() {
        for (int i = 0; i < MAX_UNITS; i++) {
            origins[i] = new NalUnitOrigin();
        }
    }

    void begin(NalUnitOrigin origin, int header) {
        written = start(count);
        fits = count < MAX_UNITS;
        if (fits) {
            origins[count].set(origin);
            headers[count] = header;
        }
    }

    void append(MemorySegment from, long offset, int length) {
        fits = fits && length <= MAX_BYTES - written;
        if (fits) {
            MemorySegment.copy(from, offset, bytes, written, length);
            written += length;
        }
    }

    /** False where it is not held for want of room. */
    boolean end() {
        if (fits) {
            ends[count++] = written;
        }
        return fits;
    }

    void abandon() {
        fits = false;
    }

    void clear() {
        count = 0;
    }

    /** In the order in which they came. */
    void deliver(NalUnitSink sink) {
        for (int i = 0; i < count; i++) {
            deliver(i, sink);
        }
    }

    /** @return how many others there are */
    int deliverParameterSets(NalUnitSink sink) {
        int others = 0;
        for (int i = 0; i < count; i++) {
            if (IdrGate.isParameterSet(NalHeader.type(headers[i]))) {
                deliver(i, sink);
            } else {
                others++;
            }
        }
        return others;
    }

    private void deliver(int unit, NalUnitSink sink) {
        sink.begin(origins[unit], headers[unit]);
        if (ends[unit] > start(unit)) {
            sink.append(bytes, start(unit), ends[unit] - start(unit));
        }
        sink.end();
    }

    private int start(int unit) {
        return unit == 0 ? 0 : ends[unit - 1];
    }
}
