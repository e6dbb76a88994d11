package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * A UDP socket that receives, and answers (udp(7), ip(7), ipv6(7)). Non-blocking. Owns its descriptor.
 *
 * <pre>
 *   struct sockaddr_in     family 0:2   port 2:2 (big endian)   address 4:4    to 16
 *   struct sockaddr_in6    family 0:2   port 2:2 (big endian)   flow 4:4   address 8:16   scope 24:4    to 28
 * </pre>
 */
public final class UdpSocket implements AutoCloseable {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x80800;
    private static final int SO_RCVBUF = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private static final int PORT_OFFSET = 2;
    private static final int IPV4_ADDRESS_OFFSET = 4;
    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_ADDRESS_OFFSET = 8;
    private static final int IPV6_SCOPE_OFFSET = 24;
    private static final int IPV6_LENGTH = 28;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final int fd;
    private final int port;
    private boolean closed;

    private UdpSocket(int fd, InetSocketAddress address) {
        this.fd = fd;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = toNative(address, scratch);
            if (name.byteSize() == IPV6_LENGTH) {
                setOption(IPPROTO_IPV6, IPV6_V6ONLY, 0);
            }
            SystemCallException.check(Libc.bind(fd, name, name.byteSize()), "bind", "UDP " + address);
            MemorySegment length = scratch.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, (int) name.byteSize());
            SystemCallException.check(Libc.getsockname(fd, name, length), "getsockname", address);
            port = name.get(PORT, PORT_OFFSET) & 0xffff;
        }
    }

    /**
     * @throws SystemCallException for one, EADDRINUSE where the port is taken
     * @throws IllegalArgumentException for a name without an address
     */
    public static UdpSocket bind(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no address is known for host " + address.getHostString());
        }
        int family = address.getAddress() instanceof Inet6Address ? AF_INET6 : AF_INET;
        int fd = (int) SystemCallException.check(Libc.socket(family, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0), "socket", "UDP");
        try {
            return new UdpSocket(fd, address);
        } catch (RuntimeException e) {
            Descriptors.close(fd);
            throw e;
        }
    }

    private static MemorySegment toNative(InetSocketAddress address, Arena arena) {
        boolean six = address.getAddress() instanceof Inet6Address;
        MemorySegment name = arena.allocate(six ? IPV6_LENGTH : IPV4_LENGTH, 8);
        name.set(JAVA_SHORT, 0, (short) (six ? AF_INET6 : AF_INET));
        name.set(PORT, PORT_OFFSET, (short) address.getPort());
        byte[] ip = address.getAddress().getAddress();
        MemorySegment.copy(ip, 0, name, JAVA_BYTE, six ? IPV6_ADDRESS_OFFSET : IPV4_ADDRESS_OFFSET, ip.length);
        if (address.getAddress() instanceof Inet6Address inet6) {
            name.set(JAVA_INT, IPV6_SCOPE_OFFSET, inet6.getScopeId());
        }
        return name;
    }

    private void setOption(int level, int option, int value) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment argument = scratch.allocate(JAVA_INT);
            argument.set(JAVA_INT, 0, value);
            SystemCallException.check(Libc.setsockopt(fd, level, option, argument), "setsockopt", option + "=" + value);
        }
    }

    /**
     * Asks for a receive buffer; the kernel grants at most net.core.rmem_max.
     *
     * @return bytes granted for payload and its bookkeeping (the kernel books twice what is asked, socket(7))
     */
    public int requestReceiveBuffer(int bytes) {
        setOption(MessageHeader.SOL_SOCKET, SO_RCVBUF, bytes);
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment value = scratch.allocate(JAVA_INT);
            MemorySegment length = scratch.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, Integer.BYTES);
            long result = Libc.getsockopt(fd, MessageHeader.SOL_SOCKET, SO_RCVBUF, value, length);
            SystemCallException.check(result, "getsockopt", "SO_RCVBUF");
            return value.get(JAVA_INT, 0);
        }
    }

    /** The port bound, also where any was asked for (0). */
    public int port() {
        return port;
    }

    public int fd() {
        return fd;
    }

    /** Takes what has arrived, as much as the batch holds; 0 where nothing has. */
    public int receive(DatagramBatch batch) {
        return batch.receiveFrom(fd);
    }

    /**
     * Sends one datagram, without waiting.
     *
     * @return false where the kernel did not take it
     */
    public boolean send(MemorySegment bytes, int length, PeerAddress to) {
        return Libc.sendto(fd, bytes, length, MessageHeader.MSG_DONTWAIT, to.name(), to.length()) == length;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Descriptors.close(fd);
        }
    }
}
