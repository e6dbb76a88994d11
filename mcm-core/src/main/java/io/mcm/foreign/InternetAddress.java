package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * An IP address and a port as C takes them (ip(7), ipv6(7)).
 *
 * <pre>
 *   struct sockaddr_in     family 0:2   port 2:2 (big endian)   address 4:4    to 16
 *   struct sockaddr_in6    family 0:2   port 2:2 (big endian)   flow 4:4   address 8:16   scope 24:4    to 28
 * </pre>
 */
public final class InternetAddress {

    static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    static final int PORT_OFFSET = 2;
    static final int IPV4_ADDRESS_OFFSET = 4;
    static final int IPV4_LENGTH = 16;
    static final int IPV6_ADDRESS_OFFSET = 8;
    private static final int IPV6_ADDRESS_LENGTH = 16;
    private static final int IPV6_SCOPE_OFFSET = 24;
    static final int IPV6_LENGTH = 28;
    static final ValueLayout.OfShort PORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private InternetAddress() {}

    public static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /**
     * The first argument of socket(2).
     *
     * @throws IllegalArgumentException for a name without an address
     */
    public static int family(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no address is known for host " + address.getHostString());
        }
        return isIpv6(address) ? AF_INET6 : AF_INET;
    }

    /** The struct, as long as C takes it to be. */
    public static MemorySegment allocate(InetSocketAddress address, Arena arena) {
        boolean six = isIpv6(address);
        MemorySegment name = arena.allocate(six ? IPV6_LENGTH : IPV4_LENGTH, 8);
        name.set(JAVA_SHORT, 0, (short) family(address));
        name.set(PORT, PORT_OFFSET, (short) address.getPort());
        byte[] ip = address.getAddress().getAddress();
        MemorySegment.copy(ip, 0, name, JAVA_BYTE, six ? IPV6_ADDRESS_OFFSET : IPV4_ADDRESS_OFFSET, ip.length);
        if (address.getAddress() instanceof Inet6Address inet6) {
            name.set(JAVA_INT, IPV6_SCOPE_OFFSET, inet6.getScopeId());
        }
        return name;
    }

    /** The same address on an interface, which a link-local one is nothing without. */
    public static Inet6Address scoped(Inet6Address address, int interfaceIndex) {
        try {
            return Inet6Address.getByAddress(null, address.getAddress(), interfaceIndex);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    /** What getsockname(2) wrote. */
    static InetSocketAddress read(MemorySegment name) {
        boolean six = name.get(JAVA_SHORT, 0) == AF_INET6;
        MemorySegment ip = name.asSlice(six ? IPV6_ADDRESS_OFFSET : IPV4_ADDRESS_OFFSET, six ? IPV6_ADDRESS_LENGTH : Integer.BYTES);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip.toArray(JAVA_BYTE)), port(name));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + ip.byteSize() + " bytes", e);
        }
    }

    static int port(MemorySegment name) {
        return name.get(PORT, PORT_OFFSET) & 0xffff;
    }
}
