package io.mcm.camera.rtsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a session description says of a stream (RFC 6184 section 8.2.1).
 *
 * @param packetizationMode 0 to 2
 * @param profileLevelId 24 bits, of the first SPS
 * @param parameterSets SPS and PPS as NAL units, header byte first; none where the stream brought none
 */
record DescribedStream(int ssrc, int payloadType, int packetizationMode, Optional<Integer> profileLevelId, List<MemorySegment> parameterSets) {

    /** The media section's URL, relative to the presentation's. */
    static final String TRACK = "track0";

    private static final int INTERLEAVED = 2;
    /** RFC 6184 demands a depth in mode 2; sources do not tell theirs, and this is the largest. */
    private static final int MAX_DEPTH = 32_767;

    /** The text, with the address of the server that the client knows. */
    String sdp(InetAddress server) {
        String family = server instanceof Inet6Address ? "IP6" : "IP4";
        return String.join("\r\n",
            "v=0",
            "o=- " + Integer.toUnsignedLong(ssrc) + " 1 IN " + family + " " + server.getHostAddress().replaceFirst("%.*", ""),
            "s=mcm camera",
            "c=IN " + family + (family.equals("IP6") ? " ::" : " 0.0.0.0"),
            "t=0 0",
            "a=control:*",
            "a=range:npt=0-",
            "m=video 0 RTP/AVP " + payloadType,
            "a=rtpmap:" + payloadType + " H264/90000",
            "a=fmtp:" + payloadType + " " + format(),
            "a=control:" + TRACK,
            "");
    }

    private String format() {
        StringBuilder format = new StringBuilder("packetization-mode=").append(packetizationMode);
        profileLevelId.ifPresent(id -> format.append(";profile-level-id=%06X".formatted(id)));
        if (packetizationMode == INTERLEAVED) {
            format.append(";sprop-interleaving-depth=").append(MAX_DEPTH);
        }
        if (!parameterSets.isEmpty()) {
            format.append(";sprop-parameter-sets=").append(parameterSets.stream().map(DescribedStream::base64).collect(Collectors.joining(",")));
        }
        return format.toString();
    }

    private static String base64(MemorySegment unit) {
        return Base64.getEncoder().encodeToString(unit.toArray(ValueLayout.JAVA_BYTE));
    }
}
