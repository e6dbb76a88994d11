package io.mcm.camera.truth;

import io.mcm.rtp.RtpCounter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a receiver makes of what was sent: its figures, and the packets that it delivers. */
public final class Reception {

    /** In {@link #delivered()}: packets are missing here, or another stream begins. */
    public static final long BREAK = -1;

    private final Map<RtpCounter, Long> counts = new EnumMap<>(RtpCounter.class);
    private final List<Truth.Sent> delivered = new ArrayList<>();

    void count(RtpCounter counter, long amount) {
        counts.merge(counter, amount, Long::sum);
    }

    void deliver(Truth.Sent packet) {
        delivered.add(packet);
    }

    /** Nothing before may be joined to what comes after. */
    void interrupt() {
        delivered.add(null);
    }

    public long count(RtpCounter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    /** In the order of the sequence; null where something is missing or another stream begins. */
    List<Truth.Sent> deliveredAndBreaks() {
        return delivered;
    }

    /** Numbers of the source's packets in the order of delivery; {@link #BREAK} where something is missing or another stream begins. */
    public List<Long> delivered() {
        return delivered.stream().map(packet -> packet == null ? BREAK : packet.packet()).toList();
    }
}
