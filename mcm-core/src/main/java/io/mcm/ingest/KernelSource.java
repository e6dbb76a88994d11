package io.mcm.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.PeerAddress;
import io.mcm.foreign.UdpSocket;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** A kernel socket, read with recvmmsg(2). */
public final class KernelSource implements PacketSource {

    /**
     * Half a second of a 50 Mbit/s camera, or a burst of several 1 MB pictures, while the worker is busy elsewhere. Linux grants at most
     * net.core.rmem_max.
     */
    public static final int RECEIVE_BUFFER = 4 << 20;

    private static final System.Logger LOG = System.getLogger(KernelSource.class.getName());

    private static final LimitedLog SMALL_BUFFERS = new LimitedLog(LOG, WARNING);

    private final UdpSocket socket;
    private final Counters<IngestCounter> counters = new Counters<>(IngestCounter.class);

    private KernelSource(UdpSocket socket) {
        this.socket = socket;
    }

    /** @throws io.mcm.foreign.SystemCallException where the port is taken or the address is not this machine's */
    public static KernelSource bind(InetSocketAddress address) {
        UdpSocket socket = UdpSocket.bind(address);
        int granted = socket.requestReceiveBuffer(RECEIVE_BUFFER) / 2;
        if (granted < RECEIVE_BUFFER) {
            SMALL_BUFFERS.log(() -> "UDP port " + socket.port() + ": receive buffer of " + granted + " bytes granted, " + RECEIVE_BUFFER
                + " asked; bursts may be lost. Mend: sysctl -w net.core.rmem_max=" + RECEIVE_BUFFER);
        }
        return new KernelSource(socket);
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
        return socket.receive(batch);
    }

    /** Answers one who sent. False where the kernel did not take the datagram. */
    public boolean send(MemorySegment bytes, int length, PeerAddress to) {
        return socket.send(bytes, length, to);
    }

    @Override
    public Counters<IngestCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        socket.close();
    }
}
