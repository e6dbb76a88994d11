package io.mcm.camera.packetize;

import io.mcm.h264.PacketizerConfig;
import io.mcm.rtp.RtpPacket;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What stands around the payload.
 *
 * @param payloadType    0 to 127
 * @param ssrc           unsigned 32 bits
 * @param firstSequence  its low 16 bits count
 * @param firstTimestamp of the source's timestamp 0
 * @param csrcs          up to 15
 * @param padding        bytes at the end of every packet, 0 to 255
 */
public record RtpConfig(int payloadType, int ssrc, int firstSequence, int firstTimestamp, List<Integer> csrcs, HeaderExtension extension,
        int padding, MarkerHabit marker) {

    public static final int MAX_PADDING = 255;
    private static final int MAX_PAYLOAD_TYPE = 127;

    public RtpConfig {
        require(payloadType >= 0 && payloadType <= MAX_PAYLOAD_TYPE, "payload type " + payloadType + "; allowed are 0 to " + MAX_PAYLOAD_TYPE);
        require(csrcs.size() <= RtpPacket.MAX_CSRCS, csrcs.size() + " CSRCs; allowed are up to " + RtpPacket.MAX_CSRCS);
        require(padding >= 0 && padding <= MAX_PADDING, "padding of " + padding + " bytes; allowed are 0 to " + MAX_PADDING);
        csrcs = List.copyOf(csrcs);
    }

    /** SSRC as given, everything else plain, counting from 0. */
    public static RtpConfig of(int ssrc) {
        return new RtpConfig(PacketizerConfig.DEFAULT_PAYLOAD_TYPE, ssrc, 0, 0, List.of(), HeaderExtension.NONE, 0, MarkerHabit.AU);
    }

    /** Identifier and first numbers by chance (RFC 3550 section 5.1). */
    public static RtpConfig random(RandomGenerator random) {
        return of(random.nextInt()).withFirstSequence(random.nextInt() & 0xffff).withFirstTimestamp(random.nextInt());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Bytes of each packet that are neither the fixed header nor payload. */
    int overhead() {
        return csrcs.size() * RtpPacket.WORD + extension.length() + padding;
    }

    public RtpConfig withPayloadType(int payloadType) {
        return new RtpConfig(payloadType, ssrc, firstSequence, firstTimestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withSsrc(int ssrc) {
        return new RtpConfig(payloadType, ssrc, firstSequence, firstTimestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withFirstSequence(int sequence) {
        return new RtpConfig(payloadType, ssrc, sequence, firstTimestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withFirstTimestamp(int timestamp) {
        return new RtpConfig(payloadType, ssrc, firstSequence, timestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withCsrcs(List<Integer> csrcs) {
        return new RtpConfig(payloadType, ssrc, firstSequence, firstTimestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withExtension(HeaderExtension extension) {
        return new RtpConfig(payloadType, ssrc, firstSequence, firstTimestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withPadding(int padding) {
        return new RtpConfig(payloadType, ssrc, firstSequence, firstTimestamp, csrcs, extension, padding, marker);
    }

    public RtpConfig withMarker(MarkerHabit marker) {
        return new RtpConfig(payloadType, ssrc, firstSequence, firstTimestamp, csrcs, extension, padding, marker);
    }
}
