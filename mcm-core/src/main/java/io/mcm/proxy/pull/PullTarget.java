package io.mcm.proxy.pull;

import io.mcm.foreign.PeerFilter;
import io.mcm.rtsp.RtspUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The camera that a port's packets are fetched from.
 *
 * @param overTcp packets come interleaved in the connection, else by UDP to the port
 */
public record PullTarget(RtspUrl url, boolean overTcp) {

    /** @throws IllegalArgumentException where nobody knows the host */
    public InetAddress address() {
        try {
            return InetAddress.getByName(url.host());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("camera " + url + ": unknown host " + url.host(), e);
        }
    }

    /** Whose packets are taken: the camera's, from whatever ports. */
    public PeerFilter sender() {
        return new PeerFilter(new InetSocketAddress(address(), 0));
    }
}
