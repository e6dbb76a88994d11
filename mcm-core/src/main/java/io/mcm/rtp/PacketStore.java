package io.mcm.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies of packets that may or may not turn out to be wanted, in the order they came. Its memory is made once, when first needed. */
final class PacketStore {

    /** Packets of 1,400 bytes fill {@link #MAX_BYTES} at about 1,500. */
    static final int MAX_PACKETS = 2048;
    /** Two seconds of an 8 Mbit/s camera, or a tenth of a second at 160 Mbit/s. */
    static final int MAX_BYTES = 2 << 20;

    private final RtpPacket view = new RtpPacket();
    private MemorySegment bytes = MemorySegment.NULL;
    private int[] ends = {};
    private long[] sequences = {};
    private long[] arrivals = {};
    private int count;

    /** @return false where it is full: the packet is not kept */
    boolean add(RtpPacket packet, long sequence, long arrivalNanos) {
        int start = start(count);
        if (count == MAX_PACKETS || start + packet.length() > MAX_BYTES) {
            return false;
        }
        if (ends.length == 0) {
            allocate();
        }
        MemorySegment.copy(packet.segment(), packet.base(), bytes, start, packet.length());
        ends[count] = start + packet.length();
        sequences[count] = sequence;
        arrivals[count] = arrivalNanos;
        count++;
        return true;
    }

    private void allocate() {
        bytes = Arena.ofAuto().allocate(MAX_BYTES);
        ends = new int[MAX_PACKETS];
        sequences = new long[MAX_PACKETS];
        arrivals = new long[MAX_PACKETS];
    }

    int count() {
        return count;
    }

    /** The n-th packet; valid until the next call. */
    RtpPacket packet(int n) {
        int start = start(n);
        view.wrap(bytes, start, ends[n] - start);
        return view;
    }

    long sequence(int n) {
        return sequences[n];
    }

    long arrivalNanos(int n) {
        return arrivals[n];
    }

    void clear() {
        count = 0;
    }

    private int start(int n) {
        return n == 0 ? 0 : ends[n - 1];
    }
}
