package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * A UDP socket that sends to one address, which it is connected to, so that a refusal by the receiver's machine is told (udp(7)). Waits where the
 * send buffer is full. One thread sends. Owns its descriptor.
 */
public final class DatagramSender implements AutoCloseable {

    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SO_SNDBUF = 7;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_MULTICAST_HOPS = 18;
    /** {@code struct ip_mreqn}: group 0:4, address 4:4, interface 8:4. */
    private static final int MREQN_LENGTH = 12;
    private static final int MREQN_INTERFACE_OFFSET = 8;

    private final int fd;
    private final InetSocketAddress to;
    private long refusals;
    private long failures;
    private int lastErrno;
    private boolean closed;

    private DatagramSender(int fd, InetSocketAddress to) {
        this.fd = fd;
        this.to = to;
    }

    /**
     * Opens a socket.
     *
     * @param hops how many routers a packet may pass; 0 for the system's default, 64, and 1 for multicast
     * @param interfaceIndex where multicast leaves; 0 for the interface that the routes name
     * @throws SystemCallException where there is no way to the address
     * @throws IllegalArgumentException for a name without an address
     */
    public static DatagramSender connect(InetSocketAddress to, int hops, int interfaceIndex) {
        int fd = (int) SystemCallException.check(Libc.socket(InternetAddress.family(to), SOCK_DGRAM_CLOEXEC, 0), "socket", "UDP");
        DatagramSender sender = new DatagramSender(fd, to);
        try {
            sender.open(hops, interfaceIndex);
            return sender;
        } catch (RuntimeException e) {
            sender.close();
            throw e;
        }
    }

    private void open(int hops, int interfaceIndex) {
        boolean six = InternetAddress.isIpv6(to);
        boolean multicast = to.getAddress().isMulticastAddress();
        if (hops > 0 && six) {
            setOption(IPPROTO_IPV6, multicast ? IPV6_MULTICAST_HOPS : IPV6_UNICAST_HOPS, hops);
        } else if (hops > 0) {
            setOption(IPPROTO_IP, multicast ? IP_MULTICAST_TTL : IP_TTL, hops);
        }
        if (multicast && interfaceIndex > 0) {
            leaveBy(interfaceIndex, six);
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = InternetAddress.allocate(to, scratch);
            SystemCallException.check(Libc.connect(fd, name, name.byteSize()), "connect", "UDP " + to);
        }
    }

    private void leaveBy(int interfaceIndex, boolean six) {
        if (six) {
            setOption(IPPROTO_IPV6, IPV6_MULTICAST_IF, interfaceIndex);
            return;
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment request = scratch.allocate(MREQN_LENGTH, Integer.BYTES);
            request.set(JAVA_INT, MREQN_INTERFACE_OFFSET, interfaceIndex);
            SystemCallException.check(Libc.setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, request), "setsockopt", "IP_MULTICAST_IF " + interfaceIndex);
        }
    }

    private void setOption(int level, int option, int value) {
        try (Arena scratch = Arena.ofConfined()) {
            SystemCallException.check(Libc.setsockopt(fd, level, option, scratch.allocateFrom(JAVA_INT, value)), "setsockopt", option + "=" + value);
        }
    }

    /** A wish: the kernel grants at most net.core.wmem_max. */
    public void requestSendBuffer(int bytes) {
        setOption(MessageHeader.SOL_SOCKET, SO_SNDBUF, bytes);
    }

    /** Sends what the batch holds, in order, and empties it. What the kernel does not take is counted and left out. */
    public void send(SendBatch batch) {
        int count = batch.prepare();
        int done = 0;
        while (done < count) {
            int taken = Libc.sendmmsg(fd, batch.messageAddress(done), count - done, MessageHeader.MSG_NOSIGNAL);
            done += Math.max(0, taken);
            if (done < count) {
                // The kernel stopped before this one, and tells why only when asked for it again.
                sendAlone(batch, done);
                done++;
            }
        }
        batch.clear();
    }

    /** What a call says may be about an earlier packet that came back: this one has not been sent then, and is sent again. */
    private void sendAlone(SendBatch batch, int message) {
        long result = Libc.sendmsg(fd, batch.message(message), MessageHeader.MSG_NOSIGNAL);
        if (result == -Errno.ECONNREFUSED) {
            refusals++;
            result = Libc.sendmsg(fd, batch.message(message), MessageHeader.MSG_NOSIGNAL);
        } else if (result >= 0) {
            // Sent at the second try: what stopped the first was a refusal, which that call has taken with it.
            refusals++;
        }
        if (result < 0 && batch.count(message) > 1) {
            refuseTrain(batch, message, (int) -result);
        } else if (result < 0) {
            fail((int) -result);
        }
    }

    /** EINVAL: its datagrams are longer than the path's MTU. Else: a device that cannot (EIO), or a kernel before 4.18. */
    private void refuseTrain(SendBatch batch, int message, int errno) {
        if (errno == Errno.EINVAL) {
            batch.refuseTrainsOf(batch.segmentLength(message));
        } else if (errno == Errno.EIO) {
            batch.refuseTrains();
        }
        for (int i = 0; i < batch.count(message); i++) {
            MemorySegment datagram = batch.datagram(message, i);
            long result = sendOne(datagram);
            if (result < 0) {
                fail((int) -result);
            }
        }
    }

    private long sendOne(MemorySegment datagram) {
        long result = Libc.sendto(fd, datagram, datagram.byteSize(), MessageHeader.MSG_NOSIGNAL, MemorySegment.NULL, 0);
        if (result == -Errno.ECONNREFUSED) {
            refusals++;
            result = Libc.sendto(fd, datagram, datagram.byteSize(), MessageHeader.MSG_NOSIGNAL, MemorySegment.NULL, 0);
        }
        return result;
    }

    private void fail(int errno) {
        if (errno == Errno.ECONNREFUSED) {
            refusals++;
        }
        failures++;
        lastErrno = errno;
    }

    /** Times that earlier packets came back because nobody listened there. */
    public long refusals() {
        return refusals;
    }

    /** Datagrams that the kernel did not take. */
    public long failures() {
        return failures;
    }

    /** Why it did not take the last of them; 0 where it took all. */
    public int lastErrno() {
        return lastErrno;
    }

    public InetSocketAddress to() {
        return to;
    }

    /** Where it sends from. */
    public InetSocketAddress from() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = scratch.allocate(InternetAddress.IPV6_LENGTH, Long.BYTES);
            MemorySegment length = scratch.allocateFrom(JAVA_INT, (int) name.byteSize());
            SystemCallException.check(Libc.getsockname(fd, name, length), "getsockname", "UDP to " + to);
            return InternetAddress.read(name);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Descriptors.close(fd);
        }
    }
}
