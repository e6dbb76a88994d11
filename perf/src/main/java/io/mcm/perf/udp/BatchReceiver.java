package io.mcm.perf.udp;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** epoll and recvmmsg(2), as the proxy's worker does it. */
public final class BatchReceiver extends Receiver {

    private final UdpSocket socket = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Reactor reactor = new Reactor();
    private final DatagramBatch batch;
    private long bytes;

    /** @param trains whether the kernel may hand over several in one slot, with UDP_GRO */
    public BatchReceiver(int slots, boolean trains, boolean arrivals) {
        batch = new DatagramBatch(slots);
        socket.requestReceiveBuffer(BUFFER);
        if (trains && !socket.receiveTrains()) {
            throw new IllegalStateException("this kernel has no UDP_GRO (Linux 5.0)");
        }
        if (arrivals) {
            socket.tellArrivalsAndDrops();
        }
        reactor.add(socket.fd(), this::drain);
    }

    @Override
    void receive() {
        reactor.poll(LOOK_NANOS);
    }

    private void drain() {
        do {
            int count = socket.receive(batch);
            for (int i = 0; i < count; i++) {
                bytes += batch.length(i) + batch.arrival(i);
            }
            count(count);
        } while (batch.isFull());
    }

    @Override
    public int port() {
        return socket.port();
    }

    @Override
    void release() {
        reactor.remove(socket.fd());
        reactor.close();
        socket.close();
        batch.close();
        if (bytes == 0) {
            throw new IllegalStateException("nothing was received");
        }
    }
}
