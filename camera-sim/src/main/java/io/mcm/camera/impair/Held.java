package io.mcm.camera.impair;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The copy of a packet that waits. Its memory grows to the longest packet it has held, and is then used again. */
final class Held {

    /** An Ethernet frame and some room, so that a place seldom grows twice. */
    private static final int FIRST_LENGTH = 2_048;

    Fate fate;
    int copy;
    int channel;
    MemorySegment bytes = MemorySegment.NULL;
    int length;
    /** When it goes on. */
    long dueNanos;
    /** Of two that are due at once the lower goes first. */
    long order;
    /** Later packets that are still to overtake it. */
    int behind;

    void keep(Ledger ledger, int channel, MemorySegment segment, long offset, int length) {
        fate = ledger.current();
        copy = ledger.copy();
        this.channel = channel;
        if (bytes.byteSize() < length) {
            bytes = Arena.ofAuto().allocate(length <= FIRST_LENGTH ? FIRST_LENGTH : Impairment.MAX_PACKET_LENGTH);
        }
        MemorySegment.copy(segment, offset, bytes, 0, length);
        this.length = length;
    }
}
