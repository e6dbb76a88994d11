package io.mcm.cli;

import io.mcm.h264.DepacketizerConfig;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.Ssrc;
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

    @Option(names = "--payload-type", paramLabel = "N", description = "Take packets of this payload type only, 0 to 127 (default: any).")
    private Integer payloadType;

    @Option(names = "--strict", description = "Drop what RFC 6184 forbids, also where real cameras send it and it can be understood.")
    private boolean strict;

    ReceiverConfig receiver() {
        ReceiverConfig config = ReceiverConfig.defaults();
        if (ssrc != null) {
            config = config.withSsrc(Integer.toUnsignedLong(parsedSsrc()));
        }
        if (payloadType != null) {
            Arguments.require(spec, payloadType >= 0 && payloadType <= MAX_PAYLOAD_TYPE,
                "--payload-type " + payloadType + ", allowed are 0 to " + MAX_PAYLOAD_TYPE);
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

    DepacketizerConfig depacketizer() {
        return DepacketizerConfig.defaults().withStrict(strict);
    }
}
