package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One sender whose datagrams are taken: an IP address and, unless that is 0, a port. An IPv4 address is known again where an IPv6 socket shows it
 * as {@code ::ffff:a.b.c.d} (RFC 4291 section 2.5.5.2). A link-local address is compared without its interface.
 */
public final class PeerFilter {

    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    /** The lower half of an address whose upper half is 0, before the IPv4 address. */
    private static final long MAPPED = 0xffffL << 32;

    private final InetSocketAddress address;
    private final int port;
    /** The address as IPv6 has it. */
    private final long high;
    private final long low;

    public PeerFilter(InetSocketAddress address) {
        this.address = address;
        port = address.getPort();
        ByteBuffer ip = ByteBuffer.wrap(address.getAddress().getAddress());
        boolean four = address.getAddress() instanceof Inet4Address;
        high = four ? 0 : ip.getLong();
        low = four ? MAPPED | Integer.toUnsignedLong(ip.getInt()) : ip.getLong();
    }

    /** The same host, from any port. */
    public PeerFilter fromAnyPort() {
        return new PeerFilter(new InetSocketAddress(address.getAddress(), 0));
    }

    /** The host. */
    public InetAddress host() {
        return address.getAddress();
    }

    boolean accepts(MemorySegment names, long offset, int length) {
        if (length < InternetAddress.IPV4_LENGTH || port != 0 && (names.get(InternetAddress.PORT, offset + InternetAddress.PORT_OFFSET) & 0xffff) != port) {
            return false;
        }
        if (names.get(JAVA_SHORT_UNALIGNED, offset) == InternetAddress.AF_INET) {
            long ip = Integer.toUnsignedLong(names.get(NETWORK_INT, offset + InternetAddress.IPV4_ADDRESS_OFFSET));
            return high == 0 && low == (MAPPED | ip);
        }
        return length >= InternetAddress.IPV6_LENGTH
            && names.get(NETWORK_LONG, offset + InternetAddress.IPV6_ADDRESS_OFFSET) == high
            && names.get(NETWORK_LONG, offset + InternetAddress.IPV6_ADDRESS_OFFSET + JAVA_LONG.byteSize()) == low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerFilter filter && filter.address.equals(address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** {@code 192.0.2.1:5004}, without the port where any will do. */
    @Override
    public String toString() {
        String host = address.getAddress().getHostAddress();
        return port == 0 ? host : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
