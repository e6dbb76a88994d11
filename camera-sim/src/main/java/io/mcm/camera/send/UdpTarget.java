package io.mcm.camera.send;

import java.net.InetSocketAddress;

/** Where one stream goes: its RTP and its RTCP, which may be the same address (RFC 5761). */
public record UdpTarget(InetSocketAddress rtp, InetSocketAddress rtcp) {

    private static final int MAX_PORT = 65_535;

    /** RTCP on the port above (RFC 3550 section 11). */
    public static UdpTarget of(InetSocketAddress rtp) {
        return new UdpTarget(rtp, rtp.getPort() == MAX_PORT ? rtp : new InetSocketAddress(rtp.getAddress(), rtp.getPort() + 1));
    }

    /** RTCP on the same port. */
    public static UdpTarget muxed(InetSocketAddress rtp) {
        return new UdpTarget(rtp, rtp);
    }
}
