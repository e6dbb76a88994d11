package io.mcm.proxy;

import io.mcm.proxy.delivery.DeliveryCounter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session's figures at one moment, by label; see {@link io.mcm.rtp.RtpCounter}, {@link io.mcm.ingest.IngestCounter}, {@link
 * io.mcm.h264.H264Counter}, {@link DeliveryCounter} and {@link io.mcm.memif.MemifCounter} for what each means.
 * Those of RTP, RTCP, ingest and H.264 are the camera port's, since it was opened: the same for all sessions that share it.
 */
public record SessionReport(int id, int port, Map<String, Long> counters) {

    static SessionReport of(Session session) {
        CameraPort port = session.port();
        Map<String, Long> all = new LinkedHashMap<>(port.rtpCounters().snapshot());
        all.putAll(port.ingestCounters().snapshot());
        all.putAll(port.rtcpCounters().snapshot());
        if (port.hasRtcp()) {
            all.putAll(port.reportCounters().snapshot());
        }
        all.putAll(port.h264Counters().snapshot());
        all.putAll(session.deliveryCounters().snapshot());
        all.putAll(session.memifCounters().snapshot());
        return new SessionReport(session.id(), port.number(), all);
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
