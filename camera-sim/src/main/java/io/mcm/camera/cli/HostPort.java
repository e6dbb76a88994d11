package io.mcm.camera.cli;

import io.mcm.cli.EnvironmentException;
import java.net.InetSocketAddress;

/** {@code HOST:PORT} as an argument; an IPv6 address stands in brackets. */
record HostPort(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if it is not one; the message says what is allowed */
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || !brackets && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "'; allowed is HOST:PORT, an IPv6 address as [ADDRESS]:PORT");
        }
        return new HostPort(brackets ? host.substring(1, host.length() - 1) : host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("port '" + text + "'; allowed are 1 to " + MAX_PORT);
    }

    /** @throws EnvironmentException if nobody knows the host */
    InetSocketAddress resolve() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new EnvironmentException("unknown host '" + host + "'; a name that this machine resolves or an address is needed");
        }
        return address;
    }
}
