package io.mcm.proxy.pull;

import io.mcm.ingest.InterleavedSource;
import io.mcm.rtsp.InterleavedFrame;
import io.mcm.rtsp.NumberPair;
import io.mcm.rtsp.TransportHeader;
import io.mcm.sdp.H264Media;
import java.net.InetAddress;
import java.util.function.Consumer;

/**
 * Where a pull brings its packets.
 *
 * @param local address that the camera is asked from, and sends UDP to
 * @param port of the session
 * @param rtp takes interleaved packets; null over UDP, which comes to the port by itself
 * @param rtcp likewise
 * @param described is told what the camera says of its stream, each time that it begins; must not wait
 */
public record Feed(InetAddress local, int port, InterleavedSource rtp, InterleavedSource rtcp, Consumer<H264Media> described) {

    private static final NumberPair CHANNELS = new NumberPair(0, 1);

    TransportHeader transport() {
        return rtp == null ? TransportHeader.overUdp(new NumberPair(port, port + 1)) : TransportHeader.interleaved(CHANNELS);
    }

    /** @param channels that the camera named */
    PullCounter take(NumberPair channels, InterleavedFrame frame) {
        InterleavedSource source = frame.channel() == channels.rtp() ? rtp : frame.channel() == channels.rtcp() ? rtcp : null;
        if (source == null) {
            return PullCounter.OTHER_CHANNELS;
        }
        return source.put(frame.segment(), 0, frame.length()) ? null : PullCounter.FRAMES_TOO_LONG;
    }
}
