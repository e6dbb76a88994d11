package io.mcm.camera.rtsp;

import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.SessionHeader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a stream is served.
 *
 * @param path of the stream's URL, with its slash; the empty path names it too
 * @param credentials what clients must know; empty for nothing
 * @param timeout after which a session ends of whose client nothing is heard
 * @param maxClients connections at a time
 */
public record RtspServerConfig(InetSocketAddress address, String path, Optional<Credentials> credentials, Duration timeout, int maxClients) {

    public static final String DEFAULT_PATH = "/camera";
    /** Each has a thread and a source of its own. */
    public static final int DEFAULT_MAX_CLIENTS = 256;

    public static RtspServerConfig at(InetSocketAddress address) {
        return new RtspServerConfig(address, DEFAULT_PATH, Optional.empty(), SessionHeader.DEFAULT_TIMEOUT, DEFAULT_MAX_CLIENTS);
    }

    public RtspServerConfig withCredentials(Credentials needed) {
        return new RtspServerConfig(address, path, Optional.of(needed), timeout, maxClients);
    }

    public RtspServerConfig withTimeout(Duration silence) {
        return new RtspServerConfig(address, path, credentials, silence, maxClients);
    }

    public RtspServerConfig withMaxClients(int most) {
        return new RtspServerConfig(address, path, credentials, timeout, most);
    }
}
