package io.mcm.h264;

/**
 * How a {@link Packetizer} makes packets.
 *
 * @param ssrc unsigned 32 bits
 * @param payloadType 0 to 127
 * @param maxPacketLength bytes of the longest packet, RTP header included
 * @param aggregate whether consecutive small NAL units of an access unit share an STAP-A (mode 1 only)
 */
public record PacketizerConfig(int ssrc, int payloadType, int maxPacketLength, PacketizationMode mode, boolean aggregate) {

    /** Fits an Ethernet frame of 1500 bytes with IPv4 (20) and UDP (8) headers; ffmpeg's default too. */
    public static final int DEFAULT_MAX_PACKET_LENGTH = 1472;
    /** RTP header, FU headers and one byte. */
    public static final int MIN_MAX_PACKET_LENGTH = 15;
    /** The largest UDP payload in IPv4: 65,535 less 20 and 8. */
    public static final int MAX_MAX_PACKET_LENGTH = 65_507;
    /** The first dynamic payload type (RFC 3551), which most cameras use. */
    public static final int DEFAULT_PAYLOAD_TYPE = 96;

    public PacketizerConfig {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type " + payloadType + "; allowed are 0 to 127");
        }
        if (maxPacketLength < MIN_MAX_PACKET_LENGTH || maxPacketLength > MAX_MAX_PACKET_LENGTH) {
            throw new IllegalArgumentException("packet length of " + maxPacketLength + " bytes; allowed are "
                + MIN_MAX_PACKET_LENGTH + " to " + MAX_MAX_PACKET_LENGTH);
        }
        if (aggregate && mode == PacketizationMode.SINGLE_NAL_UNIT) {
            throw new IllegalArgumentException("packetization mode 0 (single NAL unit) has no aggregation");
        }
    }

    /** Mode 1 without aggregation. */
    public static PacketizerConfig defaults(int ssrc) {
        return new PacketizerConfig(ssrc, DEFAULT_PAYLOAD_TYPE, DEFAULT_MAX_PACKET_LENGTH, PacketizationMode.NON_INTERLEAVED,
            false);
    }

    public PacketizerConfig withMaxPacketLength(int length) {
        return new PacketizerConfig(ssrc, payloadType, length, mode, aggregate);
    }

    public PacketizerConfig withPayloadType(int type) {
        return new PacketizerConfig(ssrc, type, maxPacketLength, mode, aggregate);
    }

    public PacketizerConfig withMode(PacketizationMode mode) {
        return new PacketizerConfig(ssrc, payloadType, maxPacketLength, mode, aggregate);
    }

    public PacketizerConfig withAggregation() {
        return new PacketizerConfig(ssrc, payloadType, maxPacketLength, mode, true);
    }
}
