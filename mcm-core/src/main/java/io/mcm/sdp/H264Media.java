package io.mcm.sdp;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * One H.264 payload type of one media section.
 *
 * @param address of the connection line that counts for the section, without its TTL; empty if there is none
 * @param port 0 to 65,535; 0 where the section is off, or RTSP says the port
 * @param payloadType 0 to 127
 * @param clockRate RTP ticks a second; RFC 6184 allows 90,000 only
 * @param packetizationMode 0 to 2; 0 where nothing is said
 * @param profileLevelId profile_idc, constraint flags, level_idc: 24 bits
 * @param control where RTSP sets the section up, absolute or relative (RFC 2326 appendix C.1.1); empty where nothing is said
 * @param parameterSets the NAL units of sprop-parameter-sets, header byte first
 */
public record H264Media(Optional<String> address, int port, int payloadType, int clockRate, int packetizationMode,
        Optional<Integer> profileLevelId, Optional<String> control, List<MemorySegment> parameterSets, InterleavingParameters interleaving) {

    /** RFC 6184 section 8.2.1. */
    public static final int CLOCK_RATE = 90_000;

    /**
     * The parameters of packetization mode 2 (RFC 6184 section 8.1); what is not said is empty.
     *
     * @param depth sprop-interleaving-depth: VCL units that come before one that they follow in decoding order, 0 to 32,767
     * @param bufferRequired sprop-deint-buf-req: bytes, 0 to 2^32 - 1
     * @param initialBufferTime sprop-init-buf-time: ticks of 90 kHz, 0 to 2^32 - 1
     * @param maxDonDifference sprop-max-don-diff: 0 to 32,767
     * @param bufferCapacity deint-buf-cap, of a receiver: bytes, 0 to 2^32 - 1
     */
    public record InterleavingParameters(Optional<Integer> depth, Optional<Long> bufferRequired, Optional<Long> initialBufferTime,
            Optional<Integer> maxDonDifference, Optional<Long> bufferCapacity) {}
}
