package io.mcm.proxy;

import io.mcm.metric.Counter;
import io.mcm.metric.Counters;
import io.mcm.metric.Histogram;
import io.mcm.proxy.delivery.DeliveryCounter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session's figures at one moment. Those of ingest, RTP, RTCP and H.264 are the camera port's, since it was opened: the same for all sessions
 * that share it.
 *
 * @param port the UDP port that its camera sends to
 * @param receiveBuffer bytes that the kernel granted to that port; 0 where nobody knows
 * @param counts what each figure means stands with its constant; see {@link io.mcm.rtp.RtpCounter}, {@link io.mcm.ingest.IngestCounter}, {@link
 *     io.mcm.rtp.RtcpCounter}, {@link ReportCounter}, {@link
 *     io.mcm.proxy.pull.PullCounter}, {@link io.mcm.h264.H264Counter}, {@link DeliveryCounter} and {@link
 *     io.mcm.memif.MemifCounter}
 * @param delay from the arrival of a unit's first packet until its consumer could see it, ns
 * @param turns datagrams that were taken together, turn by turn; see {@link TurnSize}
 */
public record SessionReport(
    int id, int port, int receiveBuffer, StreamFacts stream, Map<Counter, Long> counts, Histogram.Snapshot delay, Histogram.Snapshot turns) {

    static SessionReport of(Session session) {
        CameraPort port = session.port();
        Map<Counter, Long> all = new LinkedHashMap<>();
        put(all, port.rtpCounters());
        put(all, port.ingestCounters());
        put(all, port.rtcpCounters());
        if (port.hasRtcp()) {
            put(all, port.reportCounters());
        }
        if (port.pull() != null) {
            put(all, port.pullCounters());
        }
        put(all, port.h264Counters());
        put(all, session.deliveryCounters());
        put(all, session.memifCounters());
        return new SessionReport(session.id(), port.number(), port.receiveBuffer(), port.facts(), all, session.delivery().delay(), port.turns());
    }

    private static <C extends Enum<C> & Counter> void put(Map<Counter, Long> all, Counters<C> counters) {
        counters.forEach(all::put);
    }

    /** One figure; 0 where the session does not count that. */
    public long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    /** All figures by label. */
    public Map<String, Long> counters() {
        Map<String, Long> labelled = new LinkedHashMap<>();
        counts.forEach((counter, value) -> labelled.put(counter.label(), value));
        return labelled;
    }

    /** The figures that are not zero, in one line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("UDP port ").append(port);
        counts.forEach((counter, value) -> {
            if (value != 0) {
                line.append(", ").append(counter.label()).append(' ').append(value);
            }
        });
        return line.toString();
    }
}
