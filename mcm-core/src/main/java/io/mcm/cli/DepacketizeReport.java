package io.mcm.cli;

import io.mcm.capture.CaptureCounter;
import io.mcm.h264.H264Counter;
import io.mcm.metric.Counter;
import io.mcm.metric.Counters;
import io.mcm.rtp.RtpCounter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The figures of {@code mcm depacketize}.
 *
 * @param dropped what was left out, by cause: datagrams, packets, fragments or NAL units, as the counter's sentence says
 */
record DepacketizeReport(long packets, long lost, long duplicated, long reordered, long nalUnits, long accessUnits,
        Map<String, Long> dropped) {

    private static final Set<CaptureCounter> CAPTURE_DROPS =
        EnumSet.complementOf(EnumSet.of(CaptureCounter.DATAGRAMS, CaptureCounter.FRAGMENTS));
    private static final Set<RtpCounter> RTP_DROPS =
        EnumSet.of(RtpCounter.LATE, RtpCounter.STRAY, RtpCounter.FOREIGN_SSRC);
    private static final Set<H264Counter> H264_DROPS = EnumSet.complementOf(
        EnumSet.of(H264Counter.NAL_UNITS, H264Counter.ACCESS_UNITS, H264Counter.FORBIDDEN_BIT, H264Counter.FU_WHOLE));

    static DepacketizeReport of(Counters<CaptureCounter> capture, Counters<RtpCounter> rtp, Counters<H264Counter> h264) {
        Map<String, Long> dropped = new LinkedHashMap<>();
        add(dropped, capture, CAPTURE_DROPS);
        add(dropped, rtp, RTP_DROPS);
        add(dropped, h264, H264_DROPS);
        return new DepacketizeReport(rtp.get(RtpCounter.PACKETS), rtp.get(RtpCounter.LOST), rtp.get(RtpCounter.DUPLICATED),
            rtp.get(RtpCounter.REORDERED), h264.get(H264Counter.NAL_UNITS), h264.get(H264Counter.ACCESS_UNITS), dropped);
    }

    private static <C extends Enum<C> & Counter> void add(Map<String, Long> to, Counters<C> counters, Set<C> causes) {
        causes.forEach(cause -> to.put(cause.label(), counters.get(cause)));
    }

    String text(Path out) {
        return "%d packets (%d lost, %d duplicated, %d reordered): %d NAL units in %d access units -> %s".formatted(
            packets, lost, duplicated, reordered, nalUnits, accessUnits, out);
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("packets", packets);
        all.put("lost", lost);
        all.put("duplicated", duplicated);
        all.put("reordered", reordered);
        all.put("nal_units", nalUnits);
        all.put("access_units", accessUnits);
        all.put("dropped", dropped);
        return all;
    }
}
