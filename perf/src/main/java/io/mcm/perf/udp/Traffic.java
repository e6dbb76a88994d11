package io.mcm.perf.udp;

import io.mcm.foreign.PeerAddress;
import io.mcm.foreign.UdpSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;

/** Sends datagrams of one length at a rate, in a burst every millisecond as a camera does with its pictures. */
final class Traffic implements AutoCloseable {

    /** Of payload; with the headers of RTP, UDP and IP this fits into Ethernet. */
    static final int LENGTH = 1400;
    /** As many of them as one UDP datagram before it is cut (65,507 bytes). */
    private static final int TRAIN = 46;
    private static final long TICK_NANOS = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final boolean trains;
    private final UdpSocket socket = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final PeerAddress to = new PeerAddress();
    private final MemorySegment bytes = Arena.ofAuto().allocate((long) TRAIN * LENGTH);

    Traffic(boolean trains, int port) {
        this.trains = trains;
        to.set(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (trains && !socket.sendTrains(LENGTH)) {
            throw new IllegalStateException("this kernel has no UDP_SEGMENT (Linux 4.18)");
        }
    }

    /** Packets that the kernel took; fewer than asked where this thread could not keep up. */
    long send(double packetsPerSecond, long millis) {
        long start = System.nanoTime();
        long end = start + millis * 1_000_000;
        long sent = 0;
        for (long tick = start; tick < end; tick += TICK_NANOS) {
            while (System.nanoTime() < tick) {
                LockSupport.parkNanos(tick - System.nanoTime());
            }
            long due = (long) ((tick + TICK_NANOS - start) / NANOS_PER_SECOND * packetsPerSecond);
            while (sent < due && System.nanoTime() < end) {
                sent += burst(due - sent);
            }
        }
        return sent;
    }

    private int burst(long due) {
        int packets = trains ? (int) Math.min(TRAIN, due) : 1;
        return socket.send(bytes, packets * LENGTH, to) ? packets : 0;
    }

    @Override
    public void close() {
        socket.close();
    }
}
