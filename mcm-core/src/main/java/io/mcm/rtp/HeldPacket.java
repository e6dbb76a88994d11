package io.mcm.rtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A place to keep the copy of one packet. Its memory grows to the largest packet it has held, and is then used again. */
final class HeldPacket {

    /** An Ethernet frame and some room, so that a place seldom grows twice. */
    private static final int FIRST_LENGTH = 2048;
    /** What the 16-bit length fields of IP and UDP allow. */
    private static final int MAX_LENGTH = 65_536;

    private final RtpPacket view = new RtpPacket();
    private MemorySegment bytes = MemorySegment.NULL;
    private boolean full;
    private long sequence;
    private long arrivalNanos;

    void hold(RtpPacket packet, long sequence, long arrivalNanos) {
        int length = packet.length();
        if (bytes.byteSize() < length) {
            bytes = Arena.ofAuto().allocate(length <= FIRST_LENGTH ? FIRST_LENGTH : MAX_LENGTH);
        }
        MemorySegment.copy(packet.segment(), packet.base(), bytes, 0, length);
        view.wrap(bytes, 0, length);
        this.sequence = sequence;
        this.arrivalNanos = arrivalNanos;
        full = true;
    }

    void release() {
        full = false;
    }

    boolean isFull() {
        return full;
    }

    boolean holds(long sequence) {
        return full && this.sequence == sequence;
    }

    RtpPacket packet() {
        return view;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }
}
