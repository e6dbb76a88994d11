package io.mcm.cli;

import io.mcm.h264.DepacketizerConfig;
import io.mcm.proxy.delivery.ParameterSetConfig;
import io.mcm.proxy.delivery.ParameterSetPolicy;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.Rtcp;
import io.mcm.rtp.Ssrc;
import io.mcm.sdp.H264Media;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What of a camera a proxy takes. */
final class CameraOptions {

    private static final int MAX_PAYLOAD_TYPE = 127;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--ssrc", paramLabel = "S",
        description = "Take this source only, decimal or 0x and hexadecimal (default: the first that sends).")
    private String ssrc;

    @Option(names = "--payload-type", paramLabel = "N", description = "Take packets of this payload type only, 0 to 63 or 96 to 127 (default: that of the first).")
    private Integer payloadType;

    @Option(names = "--strict", description = "Drop what RFC 6184 or RFC 3550 forbids, also where real cameras send it and it can be understood.")
    private boolean strict;

    @Option(names = "--sdp", paramLabel = "FILE",
        description = "The cameras' session description: payload type, packetization mode and interleaving are taken from it, and its "
            + "parameter sets for --parameter-sets.")
    private Path sdp;

    @Option(names = "--parameter-sets", paramLabel = "WHEN", defaultValue = "as-sent",
        description = "Which known SPS and PPS are put before IDR slices (default: ${DEFAULT-VALUE}): as-sent, none but what the camera "
            + "sends; when-missing, what this consumer has not had yet; before-idr, all, where the access unit does not bring its own.")
    private String parameterSets;

    /** What the file says of the one payload type that is taken; empty without a file. */
    Optional<H264Media> described() {
        if (sdp == null) {
            return Optional.empty();
        }
        StreamDescription read = StreamDescription.read(sdp);
        read.warnings().forEach(warning -> spec.commandLine().getErr().println(sdp + ": " + warning));
        Set<Integer> types = new TreeSet<>(read.payloadTypes());
        Arguments.require(spec, payloadType == null || types.contains(payloadType),
            "--payload-type " + payloadType + ", allowed by " + sdp + " are " + types);
        Arguments.require(spec, payloadType != null || types.size() == 1,
            "--sdp " + sdp + " has the H.264 payload types " + types + "; name one with --payload-type");
        int taken = payloadType == null ? types.iterator().next() : payloadType;
        return read.media().stream().filter(media -> media.payloadType() == taken).findFirst();
    }

    ParameterSetConfig parameterSets(Optional<H264Media> described) {
        ParameterSetPolicy policy = Arguments.oneOf(spec, "--parameter-sets", parameterSets, ParameterSetPolicy.values());
        return new ParameterSetConfig(policy, described.map(H264Media::parameterSets).orElse(List.of()));
    }

    ReceiverConfig receiver(Optional<H264Media> described) {
        ReceiverConfig config = ReceiverConfig.defaults().withStrict(strict);
        if (ssrc != null) {
            config = config.withSsrc(Integer.toUnsignedLong(parsedSsrc()));
        }
        if (payloadType == null && described.isPresent()) {
            config = config.withPayloadType(described.get().payloadType());
        }
        if (payloadType != null) {
            boolean allowed = payloadType >= 0 && payloadType <= MAX_PAYLOAD_TYPE && !Rtcp.isMistakenFor(payloadType);
            Arguments.require(spec, allowed, "--payload-type " + payloadType + ", allowed are 0 to 63 and 96 to " + MAX_PAYLOAD_TYPE
                + ": those between cannot be told from RTCP (RFC 5761)");
            config = config.withPayloadType(payloadType);
        }
        return config;
    }

    private int parsedSsrc() {
        try {
            return Ssrc.parse(ssrc);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--ssrc: " + e.getMessage(), e);
        }
    }

    DepacketizerConfig depacketizer(Optional<H264Media> described) {
        return StreamDescription.config(described).withStrict(strict);
    }
}
