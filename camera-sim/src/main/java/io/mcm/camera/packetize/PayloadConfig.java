package io.mcm.camera.packetize;

import io.mcm.h264.InterleavingPattern;
import io.mcm.h264.PacketizationMode;
import io.mcm.h264.PacketizerConfig;

/**
 * How NAL units are put in packets.
 *
 * @param maxPacketLength bytes of the longest packet with its RTP header, CSRCs, extension and padding, without UDP and IP headers
 * @param fragmentLength  bytes of a fragment; 0 for as many as fit
 * @param interleaving    in which order and structures mode 2 sends; other modes ignore it
 */
public record PayloadConfig(PacketizationMode mode, int maxPacketLength, Aggregate aggregate, int fragmentLength, FragmentHabit fragments,
        InterleavingPattern interleaving) {

    private static final int INTERLEAVING_STRIDE = 2;

    /** Mode 1 with all that fits in STAP-As: ffmpeg's way. */
    public static final PayloadConfig DEFAULTS = new PayloadConfig(PacketizationMode.NON_INTERLEAVED,
        PacketizerConfig.DEFAULT_MAX_PACKET_LENGTH, Aggregate.MAX, 0, FragmentHabit.RFC, interleaving(0, InterleavingPattern.Structure.STAP_B));

    public PayloadConfig {
        if (fragmentLength < 0) {
            throw new IllegalArgumentException("fragments of " + fragmentLength + " bytes; allowed are 0 (as many as fit) and more");
        }
        if (mode == PacketizationMode.SINGLE_NAL_UNIT && (fragmentLength > 0 || fragments != FragmentHabit.RFC)) {
            throw new IllegalArgumentException("packetization mode 0 (single NAL unit) has no fragments");
        }
        if (mode == PacketizationMode.INTERLEAVED && (fragmentLength > 0 || fragments != FragmentHabit.RFC)) {
            throw new IllegalArgumentException("fragments in packetization mode 2 (interleaved) are as long as fits");
        }
    }

    /**
     * Units in pairs: the first ones of a group's pairs, then the second ones.
     *
     * @param depth sprop-interleaving-depth; 0 is decoding order
     */
    public static InterleavingPattern interleaving(int depth, InterleavingPattern.Structure structure) {
        return depth == 0 ? new InterleavingPattern(1, 1, structure)
            : new InterleavingPattern(INTERLEAVING_STRIDE * (depth + 1), INTERLEAVING_STRIDE, structure);
    }

    public PayloadConfig withMode(PacketizationMode mode) {
        return new PayloadConfig(mode, maxPacketLength, aggregate, fragmentLength, fragments, interleaving);
    }

    public PayloadConfig withMaxPacketLength(int length) {
        return new PayloadConfig(mode, length, aggregate, fragmentLength, fragments, interleaving);
    }

    public PayloadConfig withAggregate(Aggregate aggregate) {
        return new PayloadConfig(mode, maxPacketLength, aggregate, fragmentLength, fragments, interleaving);
    }

    public PayloadConfig withFragmentLength(int length) {
        return new PayloadConfig(mode, maxPacketLength, aggregate, length, fragments, interleaving);
    }

    public PayloadConfig withFragments(FragmentHabit fragments) {
        return new PayloadConfig(mode, maxPacketLength, aggregate, fragmentLength, fragments, interleaving);
    }

    public PayloadConfig withInterleaving(InterleavingPattern interleaving) {
        return new PayloadConfig(mode, maxPacketLength, aggregate, fragmentLength, fragments, interleaving);
    }

    /** @throws IllegalArgumentException if packets of such headers cannot be; the message says why */
    public void check(RtpConfig rtp) {
        packetizer(rtp, rtp.overhead());
        if (mode == PacketizationMode.INTERLEAVED) {
            new InterleavingPacketizer(this, rtp, (_, _, _) -> { });
        }
    }

    /** @param overhead bytes of each packet that are neither the fixed header nor payload */
    PacketizerConfig packetizer(RtpConfig rtp, int overhead) {
        boolean aggregates = aggregate != Aggregate.NONE && mode != PacketizationMode.SINGLE_NAL_UNIT;
        try {
            return new PacketizerConfig(rtp.ssrc(), rtp.payloadType(), maxPacketLength - overhead, mode, aggregates);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + (overhead == 0 ? "" : " (of " + maxPacketLength + " less " + overhead
                + " of CSRCs, extension and padding)"), e);
        }
    }
}
