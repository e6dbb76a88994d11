package io.mcm.capture;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/** A datagram whose IP fragments are coming in, in any order. */
final class FragmentedDatagram {

    /** What became of a fragment. */
    enum Verdict {
        HELD,
        COMPLETE,
        DUPLICATE,
        /** It contradicts the ones before; the whole datagram is refused (RFC 5722 section 3). */
        OVERLAP,
        /** No datagram has a piece of that length there. */
        MALFORMED
    }

    /** What the 16-bit length fields allow. */
    static final int MAX_LENGTH = 65_535;
    private static final int UNIT = 8;
    private static final int UNKNOWN = -1;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);
    private final BitSet unitsThere = new BitSet(MAX_LENGTH / UNIT + 1);
    private int version;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int identification;
    private int protocol;
    private int length;
    private long firstNanos;

    /** Forgets what it was and stands for the datagram that this fragment belongs to. */
    void start(IpHeader fragment, long nanos) {
        version = fragment.version;
        sourceHigh = fragment.sourceHigh;
        sourceLow = fragment.sourceLow;
        destinationHigh = fragment.destinationHigh;
        destinationLow = fragment.destinationLow;
        identification = fragment.identification;
        protocol = fragment.protocol;
        length = UNKNOWN;
        firstNanos = nanos;
        unitsThere.clear();
    }

    /** RFC 791 section 3.2 and RFC 8200 section 4.5: what fragments of one datagram have in common. */
    boolean owns(IpHeader fragment) {
        return identification == fragment.identification && version == fragment.version
            && (version == 6 || protocol == fragment.protocol)
            && sourceLow == fragment.sourceLow && sourceHigh == fragment.sourceHigh
            && destinationLow == fragment.destinationLow && destinationHigh == fragment.destinationHigh;
    }

    long firstNanos() {
        return firstNanos;
    }

    Verdict add(IpHeader fragment, MemorySegment from) {
        int start = fragment.fragmentOffset;
        int end = start + fragment.payloadLength;
        if (end > MAX_LENGTH || end == start || fragment.moreFragments && end % UNIT != 0) {
            return Verdict.MALFORMED;
        }
        boolean pastEnd = length != UNKNOWN && (fragment.moreFragments ? end >= length : end != length);
        boolean endTooEarly = !fragment.moreFragments && unitsThere.length() * UNIT >= end + UNIT;
        if (pastEnd || endTooEarly) {
            return Verdict.OVERLAP;
        }
        if (unitsThere.get(start / UNIT, units(end)).cardinality() > 0) {
            return isThere(fragment, from, start, end) ? Verdict.DUPLICATE : Verdict.OVERLAP;
        }
        take(fragment, from, start, end);
        return length != UNKNOWN && unitsThere.cardinality() == units(length) ? Verdict.COMPLETE : Verdict.HELD;
    }

    private boolean isThere(IpHeader fragment, MemorySegment from, int start, int end) {
        return unitsThere.nextClearBit(start / UNIT) >= units(end)
            && MemorySegment.mismatch(segment, start, end, from, fragment.payloadOffset, fragment.payloadOffset + end - start) < 0;
    }

    private void take(IpHeader fragment, MemorySegment from, int start, int end) {
        MemorySegment.copy(from, fragment.payloadOffset, segment, start, end - start);
        unitsThere.set(start / UNIT, units(end));
        if (!fragment.moreFragments) {
            length = end;
        }
        if (start == 0) {
            // Of IPv6 fragments the first one's next header counts (RFC 8200 section 4.5).
            protocol = fragment.protocol;
        }
    }

    private static int units(int end) {
        return (end + UNIT - 1) / UNIT;
    }

    MemorySegment segment() {
        return segment;
    }

    int length() {
        return length;
    }

    int protocol() {
        return protocol;
    }
}
