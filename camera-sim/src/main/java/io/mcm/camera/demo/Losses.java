package io.mcm.camera.demo;

import io.mcm.h264.H264Counter;
import io.mcm.ingest.IngestCounter;
import io.mcm.metric.Counter;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtpCounter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where units of a healthy stream get lost, by the proxy's own counters: what a verdict that is not good needs to be understood. */
final class Losses {

    private static final Map<String, Counter> PLACES = places();

    private Losses() {}

    private static Map<String, Counter> places() {
        Map<String, Counter> places = new LinkedHashMap<>();
        places.put("mcm_ingest_kernel_drops_total", IngestCounter.KERNEL_DROPS);
        places.put("mcm_rtp_lost_total", RtpCounter.LOST);
        places.put("mcm_h264_fu_lost_total", H264Counter.FU_LOST);
        places.put("mcm_delivery_no_consumer_total", DeliveryCounter.NO_CONSUMER);
        places.put("mcm_delivery_ring_full_total", DeliveryCounter.RING_FULL);
        places.put("mcm_delivery_oversized_total", DeliveryCounter.OVERSIZED);
        return places;
    }

    /** A line for each place that lost something; empty where none did. */
    static String text(Map<String, Long> metrics) {
        StringBuilder text = new StringBuilder();
        PLACES.forEach((name, counter) -> {
            long count = metrics.getOrDefault(name, 0L);
            if (count > 0) {
                text.append(String.format("  %s %d: %s%n", counter.label(), count, counter.sentence()));
            }
        });
        return text.toString();
    }
}
