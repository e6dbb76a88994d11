package io.mcm.conformance.suite;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sends packets to a UDP port of the proxy. */
final class Camera implements AutoCloseable {

    /** A quarter of a receive buffer of Linux's default size (net.core.rmem_default). */
    private static final int BURST_BYTES = 50_000;
    private static final long BURST_NANOS = 1_000_000;
    /** What the kernel charges a receive buffer for a small packet besides its bytes (truesize). */
    private static final int PACKET_OVERHEAD = 1_024;

    private final Evidence evidence;
    private final DatagramSocket socket = new DatagramSocket();
    private final InetSocketAddress to;
    private RtpStream stream;

    Camera(InetSocketAddress to, RtpStream stream, Evidence evidence) throws IOException {
        this.to = to;
        this.stream = stream;
        this.evidence = evidence;
    }

    RtpStream stream() {
        return stream;
    }

    void use(RtpStream other) {
        stream = other;
    }

    void send(byte[]... packets) throws IOException {
        for (byte[] packet : packets) {
            evidence.packet(packet);
            sendUnkept(packet);
        }
    }

    void sendUnkept(byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, to));
    }

    void sendSlowly(List<byte[]> packets) throws IOException {
        int left = BURST_BYTES;
        for (byte[] packet : packets) {
            send(packet);
            left -= packet.length + PACKET_OVERHEAD;
            if (left < 0) {
                LockSupport.parkNanos(BURST_NANOS);
                left = BURST_BYTES;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
