package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** A UDP socket that receives, and answers (udp(7), ip(7), ipv6(7)). Non-blocking. Owns its descriptor. */
public final class UdpSocket implements AutoCloseable {

    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x80800;
    private static final int SO_RCVBUF = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private final int fd;
    private final int port;
    private boolean closed;

    private UdpSocket(int fd, InetSocketAddress address) {
        this.fd = fd;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = InternetAddress.allocate(address, scratch);
            if (InternetAddress.isIpv6(address)) {
                setOption(IPPROTO_IPV6, IPV6_V6ONLY, 0);
            }
            SystemCallException.check(Libc.bind(fd, name, name.byteSize()), "bind", "UDP " + address);
            MemorySegment length = scratch.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, (int) name.byteSize());
            SystemCallException.check(Libc.getsockname(fd, name, length), "getsockname", address);
            port = InternetAddress.port(name);
        }
    }

    /**
     * @throws SystemCallException for one, EADDRINUSE where the port is taken
     * @throws IllegalArgumentException for a name without an address
     */
    public static UdpSocket bind(InetSocketAddress address) {
        int family = InternetAddress.family(address);
        int fd = (int) SystemCallException.check(Libc.socket(family, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0), "socket", "UDP");
        try {
            return new UdpSocket(fd, address);
        } catch (RuntimeException e) {
            Descriptors.close(fd);
            throw e;
        }
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
