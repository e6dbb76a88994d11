package io.mcm.rtp;

/**
 * Keeps the first packet of what may be a new stream until the next in sequence confirms it (RFC 3550 appendix A.1, two
 * sequential packets). It is kept, not dropped: a camera's first packet is the one with its parameter sets.
 */
final class Probation {

    private final HeldPacket first = new HeldPacket();

    void begin(RtpPacket packet, long nowNanos) {
        first.hold(packet, packet.sequence(), nowNanos);
    }

    boolean isOpen() {
        return first.isFull();
    }

    boolean isFor(int ssrc) {
        return isOpen() && first.packet().ssrc() == ssrc;
    }

    boolean isConfirmedBy(RtpPacket packet) {
        return isFor(packet.ssrc()) && packet.sequence() == Sequence.next(first.packet().sequence());
    }

    /** Ends the probation; what {@link #packet()} shows stays readable until the next one begins. */
    void end() {
        first.release();
    }

    RtpPacket packet() {
        return first.packet();
    }

    long arrivalNanos() {
        return first.arrivalNanos();
    }
}
