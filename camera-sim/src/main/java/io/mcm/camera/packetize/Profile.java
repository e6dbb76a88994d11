package io.mcm.camera.packetize;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How known senders put NAL units in packets, each after what was published about it. */
public enum Profile {
    FFMPEG("packets of 1472 bytes, all small units of an access unit in one STAP-A",
        "https://github.com/FFmpeg/FFmpeg/blob/master/libavformat/rtpenc_h264_hevc.c",
        payload -> payload, rtp -> rtp),
    GSTREAMER("packets of 1400 bytes, a unit a packet",
        "https://gstreamer.freedesktop.org/documentation/rtp/rtph264pay.html",
        payload -> payload.withMaxPacketLength(1_400).withAggregate(Aggregate.NONE), rtp -> rtp),
    GSTREAMER_WEBRTC("packets of 1200 bytes, what comes before a slice in its STAP-A, the NTP time in a one-byte header extension",
        "https://gstreamer.freedesktop.org/documentation/rtp/rtph264pay.html (aggregate-mode=zero-latency, RTPHeaderExtensionNtp64)",
        payload -> payload.withMaxPacketLength(1_200).withAggregate(Aggregate.ZERO_LATENCY),
        rtp -> rtp.withExtension(HeaderExtension.parse("one-byte:1=ntp-64"))),
    PION("packets of 1200 bytes, SPS and PPS in one STAP-A, a unit a packet else",
        "https://github.com/pion/rtp/blob/master/codecs/h264_packet.go",
        payload -> payload.withMaxPacketLength(1_200).withAggregate(Aggregate.PARAMETER_SETS), rtp -> rtp),
    LIVE555("packets of 1456 bytes, a unit a packet",
        "http://www.live555.com/liveMedia/ (MultiFramedRTPSink, H264or5VideoRTPSink)",
        payload -> payload.withMaxPacketLength(1_456).withAggregate(Aggregate.NONE), rtp -> rtp),
    COSTARHD("small slices as one FU-A with both start and end bit",
        "https://github.com/bluenviron/gortsplib/pull/649",
        payload -> payload.withAggregate(Aggregate.NONE).withFragments(FragmentHabit.START_AND_END), rtp -> rtp),
    HEROSPEED("the reserved bit of the FU header is set",
        "https://github.com/scottlamb/retina/pull/109",
        payload -> payload.withAggregate(Aggregate.NONE).withFragments(FragmentHabit.RESERVED_BIT), rtp -> rtp),
    TIANDY("only the first fragment tells its unit's type (seen with H.265)",
        "https://github.com/scottlamb/moonfire-nvr/issues/344",
        payload -> payload.withAggregate(Aggregate.NONE).withFragments(FragmentHabit.TYPE_IN_FIRST), rtp -> rtp),
    BOSCH_FLEXIDOME("payload type 35, which is not a dynamic one",
        "https://github.com/bluenviron/gortsplib/pull/632",
        payload -> payload.withAggregate(Aggregate.NONE), rtp -> rtp.withPayloadType(35)),
    FLIR_M400("no packet has the marker",
        "https://github.com/bluenviron/gortsplib/pull/759",
        payload -> payload.withAggregate(Aggregate.NONE), rtp -> rtp.withMarker(MarkerHabit.NEVER)),
    LV_IP22IR40DVBL("parameter sets and SEI have the marker, too",
        "https://github.com/scottlamb/moonfire-nvr/issues/352",
        payload -> payload.withAggregate(Aggregate.NONE), rtp -> rtp.withMarker(MarkerHabit.PARAMETER_SETS)),
    OBS_RTSPSERVER("every NAL unit has the marker",
        "https://github.com/iamscottxu/obs-rtspserver/pull/199",
        payload -> payload.withAggregate(Aggregate.NONE), rtp -> rtp.withMarker(MarkerHabit.UNIT)),
    MATROX_MURA("every slice has the marker",
        "https://github.com/bluenviron/mediamtx/issues/2826",
        payload -> payload.withAggregate(Aggregate.NONE), rtp -> rtp.withMarker(MarkerHabit.SLICE)),
    ONVIF_REPLAY("the replay header extension of ONVIF on every packet",
        "https://github.com/androidx/media/pull/1225",
        payload -> payload.withMaxPacketLength(1_400).withAggregate(Aggregate.NONE),
        rtp -> rtp.withExtension(HeaderExtension.parse("onvif")));

    private final String sentence;
    private final String source;
    private final UnaryOperator<PayloadConfig> payload;
    private final UnaryOperator<RtpConfig> rtp;

    Profile(String sentence, String source, UnaryOperator<PayloadConfig> payload, UnaryOperator<RtpConfig> rtp) {
        this.sentence = sentence;
        this.source = source;
        this.payload = payload;
        this.rtp = rtp;
    }

    /** Like {@code bosch-flexidome}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is none; the message names all */
    public static Profile of(String label) {
        return Arrays.stream(values()).filter(profile -> profile.label().equals(label)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("profile '" + label + "'; there are "
                + Arrays.stream(values()).map(Profile::label).collect(Collectors.joining(", "))));
    }

    /** What the sender does. */
    public String sentence() {
        return sentence;
    }

    /** Where it was published. */
    public String source() {
        return source;
    }

    /** The config with the sender's habits; what they do not concern stays. */
    public PayloadConfig applyTo(PayloadConfig config) {
        return payload.apply(config);
    }

    /** The config with the sender's habits; what they do not concern stays. */
    public RtpConfig applyTo(RtpConfig config) {
        return rtp.apply(config);
    }
}
