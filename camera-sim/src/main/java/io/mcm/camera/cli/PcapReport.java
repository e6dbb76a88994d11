package io.mcm.camera.cli;

import io.mcm.capture.RtpStream;
import io.mcm.capture.RtpStreams;
import io.mcm.h264.NalType;
import io.mcm.h264.parameter.SequenceParameterSet;
import io.mcm.h264.parameter.VideoUsability.Timing;
import io.mcm.rtp.Ssrc;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code mcm pcap} says, for programs. */
final class PcapReport {

    private static final int TYPES = 32;
    private static final double NANOS_PER_SECOND = 1e9;

    private PcapReport() {}

    static Map<String, Object> of(RtpStreams capture) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", capture.file().toString());
        all.put("udp_datagrams", capture.datagrams());
        all.put("streams", capture.streams().stream().map(PcapReport::of).toList());
        return all;
    }

    private static Map<String, Object> of(RtpStream stream) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("source", stream.flow().source().toString());
        all.put("destination", stream.flow().destination().toString());
        all.put("ssrc", Ssrc.text(stream.ssrc()));
        all.put("payload_type", stream.payloadType());
        all.put("h264", stream.isH264());
        all.put("packets", stream.packets());
        all.put("bytes", stream.bytes());
        all.put("lost", stream.lost());
        all.put("duplicated", stream.duplicated());
        all.put("reordered", stream.reordered());
        all.put("seconds", (stream.lastNanos() - stream.firstNanos()) / NANOS_PER_SECOND);
        if (stream.isH264()) {
            putH264(all, stream);
        }
        return all;
    }

    private static void putH264(Map<String, Object> all, RtpStream stream) {
        Map<String, Long> types = new LinkedHashMap<>();
        for (int type = 0; type < TYPES; type++) {
            if (stream.nalUnits(type) > 0) {
                types.put(NalType.name(type), stream.nalUnits(type));
            }
        }
        all.put("nal_units", stream.nalUnits());
        all.put("access_units", stream.accessUnits());
        all.put("nal_unit_types", types);
        all.put("sps", stream.sequenceSets().stream().map(PcapReport::of).toList());
    }

    private static Map<String, Object> of(SequenceParameterSet set) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", set.id());
        all.put("profile", set.profileName());
        all.put("level", set.levelName());
        all.put("width", set.width());
        all.put("height", set.height());
        all.put("interlaced", !set.frameMbsOnly());
        // Null where the stream does not say: a list of keys that is always the same is easier to read.
        all.put("frame_rate", set.usability().timing().map(Timing::framesPerSecond).orElse(null));
        all.put("fixed_frame_rate", set.usability().timing().map(Timing::fixed).orElse(null));
        all.put("sample_aspect_ratio", set.usability().sampleAspectRatio().map(Object::toString).orElse(null));
        all.put("reorder_frames", set.usability().reorderFrames().orElse(null));
        return all;
    }
}
