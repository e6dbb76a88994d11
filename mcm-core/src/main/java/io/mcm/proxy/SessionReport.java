package io.mcm.proxy;

import io.mcm.proxy.delivery.DeliveryCounter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session's figures at one moment, by label; see {@link io.mcm.rtp.RtpCounter}, {@link io.mcm.ingest.IngestCounter}, {@link
 * io.mcm.h264.H264Counter}, {@link DeliveryCounter} and {@link io.mcm.memif.MemifCounter} for what each means.
 */
public record SessionReport(int id, int port, Map<String, Long> counters) {

    static SessionReport of(Session session) {
        Map<String, Long> all = new LinkedHashMap<>(session.rtpCounters().snapshot());
        all.putAll(session.ingestCounters().snapshot());
        all.putAll(session.rtcpCounters().snapshot());
        if (session.hasRtcp()) {
            all.putAll(session.reportCounters().snapshot());
        }
        all.putAll(session.h264Counters().snapshot());
        all.putAll(session.deliveryCounters().snapshot());
        all.putAll(session.memifCounters().snapshot());
        return new SessionReport(session.id(), session.port(), all);
    }

    /** The figures that are not zero, in one line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("UDP port ").append(port);
        counters.forEach((label, value) -> {
            if (value != 0) {
                line.append(", ").append(label).append(' ').append(value);
            }
        });
        return line.toString();
    }
}
