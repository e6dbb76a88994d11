package io.mcm.perf.calibration;

import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.PeerAddress;
import io.mcm.foreign.UdpSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One thread sends datagrams of 1,400 bytes to itself and takes them again, a burst at a time. Over loopback the kernel's receive path runs in the
 * sender; to receive is recvmmsg(2) and a copy.
 */
final class LoopbackTime implements AutoCloseable {

    private static final int LENGTH = 1_400;
    private static final int BURST = 64;
    private static final int BURSTS = 8;
    private static final int WARM_UPS = 40;
    /** A loopback datagram is there when sendto(2) returns; where the kernel defers it, after some turns. */
    private static final int PATIENCE = 10_000;

    private final UdpSocket receiver = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final UdpSocket sender = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final PeerAddress to = new PeerAddress();
    private final MemorySegment datagram = Arena.ofAuto().allocate(LENGTH);
    private final DatagramBatch batch = new DatagramBatch(BURST);
    private long sending;
    private long receiving;

    /** Nanoseconds a datagram. */
    record Times(double send, double receive) {}

    private LoopbackTime() {
        to.set(new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port()));
        receiver.requestReceiveBuffer(1 << 20);
    }

    static Times measure() {
        try (LoopbackTime loopback = new LoopbackTime()) {
            for (int i = 0; i < WARM_UPS; i++) {
                loopback.window();
            }
            double send = Windows.median(() -> loopback.window().send());
            return new Times(send, Windows.median(() -> loopback.window().receive()));
        }
    }

    private Times window() {
        sending = 0;
        receiving = 0;
        for (int i = 0; i < BURSTS; i++) {
            burst();
        }
        return new Times((double) sending / (BURSTS * BURST), (double) receiving / (BURSTS * BURST));
    }

    private void burst() {
        long start = System.nanoTime();
        for (int i = 0; i < BURST; i++) {
            sender.send(datagram, LENGTH, to);
        }
        long sent = System.nanoTime();
        int received = 0;
        for (int turn = 0; received < BURST && turn < PATIENCE; turn++) {
            received += receiver.receive(batch);
        }
        if (received < BURST) {
            throw new IllegalStateException(received + " of " + BURST + " loopback datagrams came");
        }
        sending += sent - start;
        receiving += System.nanoTime() - sent;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
        batch.close();
    }
}
