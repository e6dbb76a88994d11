package io.mcm.proxy;

import io.mcm.control.Address;
import io.mcm.foreign.PeerFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Whose packets a session takes: everybody's, those of the sender that the session itself names ({@code remote_addr}), or one sender's. By default
 * everybody's, as in 24.09: its proxy ignores {@code remote_addr}, and its applications fill in 127.0.0.1 whatever their camera's address is
 * ({@code rtsp_recver_app}), so that to obey it would make them deaf.
 */
public final class SenderRule {

    public static final SenderRule ANY = new SenderRule("any", null);
    public static final SenderRule SESSION = new SenderRule("session", null);

    private static final String ALLOWED = "allowed are any, session, ADDRESS and ADDRESS:PORT (IPv6: [ADDRESS]:PORT)";

    private final String name;
    private final PeerFilter filter;

    private SenderRule(String name, PeerFilter filter) {
        this.name = name;
        this.filter = filter;
    }

    /**
     * {@code any}, {@code session}, or an IP address, with or without a port.
     *
     * @throws IllegalArgumentException for another text
     */
    public static SenderRule parse(String text) {
        return switch (text) {
            case "any" -> ANY;
            case "session" -> SESSION;
            default -> only(text);
        };
    }

    private static SenderRule only(String text) {
        int colon = text.lastIndexOf(':');
        boolean withPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = withPort ? text.substring(0, colon) : text;
        try {
            int port = withPort ? Integer.parseInt(text.substring(colon + 1)) : 0;
            if (withPort && (port < 1 || port > Address.MAX_PORT)) {
                throw new IllegalArgumentException("port " + port);
            }
            PeerFilter filter = new PeerFilter(new InetSocketAddress(literal(host), port));
            return new SenderRule(filter.toString(), filter);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + ", " + ALLOWED, e);
        }
    }

    private static InetAddress literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
    }

    /**
     * What a session filters by.
     *
     * @param remote its {@code remote_addr}
     * @return null where it takes everybody's packets
     * @throws IllegalArgumentException where the session is to name its sender and its text is no IP address
     */
    PeerFilter filter(Address remote) {
        if (this != SESSION || remote.ip().isEmpty()) {
            return filter;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(remote.ip());
            return address.isAnyLocalAddress() ? null : new PeerFilter(new InetSocketAddress(address, remote.port()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("remote address " + remote.ip() + ", allowed is an IP address or none", e);
        }
    }

    /** As an option takes it. */
    @Override
    public String toString() {
        return name;
    }
}
