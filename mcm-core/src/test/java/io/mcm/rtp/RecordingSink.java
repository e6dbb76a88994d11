package io.mcm.rtp;

import java.util.ArrayList;
import java.util.List;

/** Writes down what it is given, and holds the giver to the contract of {@link RtpSink}. */
public final class RecordingSink implements RtpSink {

    /** "12" for a packet, "lost 3", "end". */
    public final List<String> events = new ArrayList<>();
    public final List<Long> arrivals = new ArrayList<>();
    public final List<Integer> lengths = new ArrayList<>();
    private final boolean mixedTypes;
    private boolean started;
    private long next;

    public RecordingSink() {
        this(false);
    }

    /** @param mixedTypes whether packets of other payload types may lie between */
    RecordingSink(boolean mixedTypes) {
        this.mixedTypes = mixedTypes;
    }

    @Override
    public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
        require(!started || extendedSequence == next || mixedTypes && extendedSequence > next, "sequence " + extendedSequence + " instead of " + next);
        require((extendedSequence & 0xffff) == packet.sequence(), extendedSequence + " for " + packet.sequence());
        started = true;
        next = extendedSequence + 1;
        events.add(Integer.toString(packet.sequence()));
        arrivals.add(arrivalNanos);
        lengths.add(packet.length());
    }

    @Override
    public void lost(int packets) {
        require(started && packets > 0, "lost " + packets);
        next += packets;
        events.add("lost " + packets);
    }

    @Override
    public void end() {
        require(started, "end before any packet");
        started = false;
        events.add("end");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
