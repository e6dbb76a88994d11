package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A UDP socket that receives, and answers (udp(7), ip(7), ipv6(7)). Non-blocking. Owns its descriptor. */
public final class UdpSocket implements AutoCloseable {

    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x80800;
    private static final int SO_RCVBUF = 8;
    private static final int SO_MEMINFO = 55;
    /** {@code SK_MEMINFO_DROPS} of nine 32-bit numbers (linux/sock_diag.h). */
    private static final int MEMINFO_LENGTH = 36;
    private static final int MEMINFO_DROPS_OFFSET = 32;
    private static final int UDP_SEGMENT = 103;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private final int fd;
    private final int port;
    private PeerFilter from;
    private long lastArrival;
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
        SystemCallException.check(trySetOption(level, option, value), "setsockopt", option + "=" + value);
    }

    private long trySetOption(int level, int option, int value) {
        try (Arena scratch = Arena.ofConfined()) {
            return Libc.setsockopt(fd, level, option, scratch.allocateFrom(JAVA_INT, value));
        }
    }

    private int option(int option, String name, int length, int offset) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment value = scratch.allocate(length, Integer.BYTES);
            long result = Libc.getsockopt(fd, MessageHeader.SOL_SOCKET, option, value, scratch.allocateFrom(JAVA_INT, length));
            SystemCallException.check(result, "getsockopt", name);
            return value.get(JAVA_INT, offset);
        }
    }

    /**
     * Asks for a receive buffer; the kernel grants at most net.core.rmem_max.
     *
     * @return bytes granted for payload and its bookkeeping (the kernel books twice what is asked, socket(7))
     */
    public int requestReceiveBuffer(int bytes) {
        setOption(MessageHeader.SOL_SOCKET, SO_RCVBUF, bytes);
        return option(SO_RCVBUF, "SO_RCVBUF", Integer.BYTES, 0);
    }

    /** Has the kernel hand over trains of datagrams in one piece, which a {@link DatagramBatch} takes apart. False where it does not know how. */
    public boolean receiveTrains() {
        return trySetOption(SlotControl.SOL_UDP, SlotControl.UDP_GRO, 1) == 0;
    }

    /** Has each datagram carry the time at which it arrived, and what the socket had dropped by then. */
    public void tellArrivalsAndDrops() {
        setOption(MessageHeader.SOL_SOCKET, SlotControl.SO_TIMESTAMPNS, 1);
        setOption(MessageHeader.SOL_SOCKET, SlotControl.SO_RXQ_OVFL, 1);
    }

    /** What the socket has dropped so far for want of room, modulo 2^32; also what no datagram after it has told yet. */
    public int drops() {
        return option(SO_MEMINFO, "SO_MEMINFO", MEMINFO_LENGTH, MEMINFO_DROPS_OFFSET);
    }

    /**
     * Joins a multicast group; the socket is best bound to the group's address, or it gets what others on this machine joined too.
     *
     * @param interfaceIndex 0 for the one that the routes name
     * @param source whose datagrams alone the network is asked for; null for everybody's
     */
    public void join(InetAddress group, int interfaceIndex, InetAddress source) {
        MulticastGroup.join(fd, group, interfaceIndex, source);
    }

    /**
     * From now on only this sender's datagrams get into a batch. The kernel is not asked to filter (connect(2)): it would tell a stranger's camera
     * that nobody listens, and not count what it sent.
     */
    public void takeOnlyFrom(PeerFilter sender) {
        from = sender;
    }

    /** Has each {@link #send} go out as datagrams of that length, the last of which may be shorter (UDP_SEGMENT). False where the kernel cannot. */
    public boolean sendTrains(int segmentLength) {
        return trySetOption(SlotControl.SOL_UDP, UDP_SEGMENT, segmentLength) == 0;
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
        int count = batch.receiveFrom(fd, from, lastArrival);
        if (count > 0) {
            lastArrival = batch.arrival(count - 1);
        }
        return count;
    }

    /**
     * Sends one datagram, or one train, without waiting.
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
