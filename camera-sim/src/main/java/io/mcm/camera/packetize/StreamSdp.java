package io.mcm.camera.packetize;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.PacketizationMode;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The session description of a stream that is sent to an address (RFC 8866, RFC 6184 section 8.2.1). */
public final class StreamSdp {

    private static final int PROFILE_LEVEL_ID_OFFSET = NalHeader.LENGTH;
    private static final int PROFILE_LEVEL_ID_LENGTH = 3;

    private StreamSdp() {}

    /** @param parameterSets NAL units of the stream; none where they are not known */
    public static String text(InetSocketAddress to, PayloadConfig payload, RtpConfig rtp, List<byte[]> parameterSets) {
        String address = (to.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ") + to.getAddress().getHostAddress().replaceFirst("%.*", "");
        return String.join("\r\n",
            "v=0",
            "o=- " + Integer.toUnsignedLong(rtp.ssrc()) + " 1 IN " + address,
            "s=mcm camera",
            "c=IN " + address,
            "t=0 0",
            "m=video " + to.getPort() + " RTP/AVP " + rtp.payloadType(),
            "a=rtpmap:" + rtp.payloadType() + " H264/90000",
            "a=fmtp:" + rtp.payloadType() + " " + format(payload, parameterSets),
            "");
    }

    private static String format(PayloadConfig payload, List<byte[]> parameterSets) {
        StringBuilder format = new StringBuilder("packetization-mode=").append(payload.mode().ordinal());
        if (payload.mode() == PacketizationMode.INTERLEAVED) {
            format.append(";sprop-interleaving-depth=").append(payload.interleaving().depth());
        }
        parameterSets.stream().filter(unit -> NalHeader.type(unit[0]) == NalType.SPS).findFirst().ifPresent(unit ->
            format.append(";profile-level-id=").append(
                HexFormat.of().withUpperCase().formatHex(unit, PROFILE_LEVEL_ID_OFFSET, PROFILE_LEVEL_ID_OFFSET + PROFILE_LEVEL_ID_LENGTH)));
        if (!parameterSets.isEmpty()) {
            format.append(";sprop-parameter-sets=")
                .append(parameterSets.stream().map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(",")));
        }
        return format.toString();
    }
}
