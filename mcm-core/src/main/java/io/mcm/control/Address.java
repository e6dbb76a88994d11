package io.mcm.control;

import java.util.Objects;

/**
 * {@code mcm_dp_addr}: both parts are text on the wire.
 *
 * @param ip   as written by the peer, not resolved; empty where it does not matter
 * @param port 0 where it does not matter (an empty text on the wire)
 */
public record Address(String ip, int port) {

    public static final Address NONE = new Address("", 0);
    public static final int MAX_PORT = 65535;

    public Address {
        Objects.requireNonNull(ip, "ip");
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port=" + port + ", must be 0 to " + MAX_PORT);
        }
    }
}
