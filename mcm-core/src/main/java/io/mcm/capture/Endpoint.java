package io.mcm.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IP address and a UDP port.
 *
 * @param version 4 or 6
 * @param high    the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low     the last 64 bits, or the 32 of an IPv4 address
 * @param port    0 to 65,535
 */
public record Endpoint(int version, long high, long low, int port) {

    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    /** @param address with an address, not a name alone */
    public static Endpoint of(InetSocketAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress().getAddress());
        return bytes.remaining() == Integer.BYTES
            ? new Endpoint(IPV4, 0, Integer.toUnsignedLong(bytes.getInt()), address.getPort())
            : new Endpoint(IPV6, bytes.getLong(), bytes.getLong(), address.getPort());
    }

    public InetAddress address() {
        ByteBuffer bytes = version == IPV6
            ? ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low)
            : ByteBuffer.allocate(Integer.BYTES).putInt((int) low);
        try {
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.capacity() + " bytes", e);
        }
    }

    /** {@code 127.0.0.1:5004} or {@code [::1]:5004}. */
    @Override
    public String toString() {
        return version == IPV6 ? "[" + Ipv6Text.of(high, low) + "]:" + port : address().getHostAddress() + ":" + port;
    }
}
