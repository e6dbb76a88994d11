package io.mcm.rtp;

/**
 * A source that may take over: its packets are kept, not dropped, because a camera's first ones have its parameter sets. Two in sequence
 * confirm that it is a stream (RFC 3550 appendix A.1).
 */
final class Candidate {

    private final PacketStore packets = new PacketStore();
    private int ssrc;
    private int lastSequence;
    private boolean confirmed;
    private long lastArrival;
    private int dropped;

    boolean isOpen() {
        return packets.count() > 0;
    }

    boolean isOf(int ssrc) {
        return isOpen() && this.ssrc == ssrc;
    }

    /** Begins with the first packet of a source, or goes on with the next. */
    void add(RtpPacket packet, long nowNanos) {
        if (isOpen()) {
            confirmed |= packet.sequence() == Sequence.next(lastSequence);
        } else {
            ssrc = packet.ssrc();
            confirmed = false;
            dropped = 0;
        }
        lastSequence = packet.sequence();
        lastArrival = nowNanos;
        if (!packets.add(packet, packet.sequence(), nowNanos)) {
            dropped++;
        }
    }

    /** Forgets it. */
    void clear() {
        packets.clear();
    }

    boolean isConfirmed() {
        return isOpen() && confirmed;
    }

    int ssrc() {
        return ssrc;
    }

    int firstSequence() {
        return packets.packet(0).sequence();
    }

    int firstPayloadType() {
        return packets.packet(0).payloadType();
    }

    long lastArrival() {
        return lastArrival;
    }

    /** Its packets that could not be kept. */
    int dropped() {
        return dropped;
    }

    PacketStore packets() {
        return packets;
    }
}
