package io.mcm.ingest;

import java.net.NetworkInterface;
import java.util.Objects;

/**
 * How kernel sockets are opened.
 *
 * @param receiveBuffer bytes asked for; Linux grants at most net.core.rmem_max
 * @param multicastInterface where multicast groups are joined; null for the interface that the routes name
 */
public record SocketConfig(int receiveBuffer, NetworkInterface multicastInterface) {

    /**
     * Half a second of a 50 Mbit/s camera, or a burst of several 1 MB pictures, while the worker is busy elsewhere.
     */
    public static final int DEFAULT_RECEIVE_BUFFER = 4 << 20;

    /** SOCK_MIN_RCVBUF of Linux (include/net/sock.h), rounded up: it grants no less whatever is asked. */
    public static final int MIN_RECEIVE_BUFFER = 4096;
    /** The kernel books twice as much in an {@code int}. */
    public static final int MAX_RECEIVE_BUFFER = Integer.MAX_VALUE / 2;

    public SocketConfig {
        if (receiveBuffer < MIN_RECEIVE_BUFFER || receiveBuffer > MAX_RECEIVE_BUFFER) {
            throw new IllegalArgumentException("receive buffer of " + receiveBuffer + " bytes, allowed are " + MIN_RECEIVE_BUFFER + " to "
                + MAX_RECEIVE_BUFFER);
        }
    }

    public static SocketConfig defaults() {
        return new SocketConfig(DEFAULT_RECEIVE_BUFFER, null);
    }

    public SocketConfig withReceiveBuffer(int bytes) {
        return new SocketConfig(bytes, multicastInterface);
    }

    public SocketConfig withMulticastInterface(NetworkInterface joined) {
        return new SocketConfig(receiveBuffer, Objects.requireNonNull(joined, "joined"));
    }

    int interfaceIndex() {
        return multicastInterface == null ? 0 : multicastInterface.getIndex();
    }
}
