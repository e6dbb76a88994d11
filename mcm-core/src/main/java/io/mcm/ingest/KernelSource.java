package io.mcm.ingest;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.InternetAddress;
import io.mcm.foreign.PeerAddress;
import io.mcm.foreign.PeerFilter;
import io.mcm.foreign.UdpSocket;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A kernel socket, read with recvmmsg(2), trains of datagrams in one piece where the kernel makes some (UDP_GRO). Bound to a multicast address it
 * joins that group.
 */
public final class KernelSource implements AnsweringSource {

    private static final System.Logger LOG = System.getLogger(KernelSource.class.getName());

    private static final LimitedLog SMALL_BUFFERS = new LimitedLog(LOG, WARNING);
    private static final AtomicBoolean TOLD_OF_NO_TRAINS = new AtomicBoolean();

    private final UdpSocket socket;
    private final int receiveBuffer;
    private final Counters<IngestCounter> counters = new Counters<>(IngestCounter.class);
    private int drops;
    private boolean closed;

    private KernelSource(UdpSocket socket, int receiveBuffer) {
        this.socket = socket;
        this.receiveBuffer = receiveBuffer;
    }

    /** As {@link SocketConfig#defaults} says, from everybody. */
    public static KernelSource bind(InetSocketAddress address) {
        return bind(address, SocketConfig.defaults(), null);
    }

    /**
     * Opens a socket.
     *
     * @param from whose datagrams are taken; null for everybody's
     * @throws io.mcm.foreign.SystemCallException where the port is taken, the address is not this machine's or the group cannot be joined
     */
    public static KernelSource bind(InetSocketAddress address, SocketConfig config, PeerFilter from) {
        UdpSocket socket = UdpSocket.bind(onInterface(address, config));
        try {
            if (address.getAddress().isMulticastAddress()) {
                socket.join(address.getAddress(), config.interfaceIndex(), from == null ? null : from.host());
            }
            socket.takeOnlyFrom(from);
            socket.tellArrivalsAndDrops();
            receiveTrains(socket);
            return new KernelSource(socket, requestBuffer(socket, config.receiveBuffer()));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** A link-local or interface-local IPv6 group is one only with its interface (RFC 4291 section 2.7). */
    private static InetSocketAddress onInterface(InetSocketAddress address, SocketConfig config) {
        return address.getAddress() instanceof Inet6Address six && (six.isMCLinkLocal() || six.isMCNodeLocal()) && config.interfaceIndex() != 0
            ? new InetSocketAddress(InternetAddress.scoped(six, config.interfaceIndex()), address.getPort())
            : address;
    }

    private static void receiveTrains(UdpSocket socket) {
        if (!socket.receiveTrains() && TOLD_OF_NO_TRAINS.compareAndSet(false, true)) {
            LOG.log(INFO, "this kernel does not know UDP_GRO (Linux 5.0): datagrams are received one by one");
        }
    }

    private static int requestBuffer(UdpSocket socket, int wanted) {
        int granted = socket.requestReceiveBuffer(wanted) / 2;
        if (granted < wanted) {
            SMALL_BUFFERS.log(() -> "UDP port " + socket.port() + ": receive buffer of " + granted + " bytes granted, " + wanted
                + " asked; bursts may be lost. Mend: sysctl -w net.core.rmem_max=" + wanted);
        }
        return granted;
    }

    @Override
    public int fd() {
        return socket.fd();
    }

    @Override
    public int port() {
        return socket.port();
    }

    @Override
    public int receive(DatagramBatch batch) {
        int count = socket.receive(batch);
        countDrops(batch.drops(drops));
        if (batch.strangers() > 0) {
            counters.add(IngestCounter.STRANGERS, batch.strangers());
        }
        return count;
    }

    private void countDrops(int total) {
        if (total != drops) {
            counters.add(IngestCounter.KERNEL_DROPS, Integer.toUnsignedLong(total - drops));
            drops = total;
        }
    }

    /** Bytes of receive buffer that were granted. */
    @Override
    public int receiveBuffer() {
        return receiveBuffer;
    }

    @Override
    public boolean send(MemorySegment bytes, int length, PeerAddress to) {
        return socket.send(bytes, length, to);
    }

    @Override
    public Counters<IngestCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // What was dropped after the last datagram taken: none came to tell.
            countDrops(socket.drops());
            socket.close();
        }
    }
}
