package io.mcm.perf.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Many cameras on one thread: each sends 30 pictures a second of three packets, 1 Mbit/s, at moments spread over the picture's interval. A packet is a
 * whole NAL unit whose first bytes say when it should have been sent.
 */
final class SiteCameras {

    static final int PACKETS_A_PICTURE = 3;
    /** NAL header; then the intended time. */
    static final int TIME_OFFSET = 1;
    private static final int PICTURES_A_SECOND = 30;
    private static final long INTERVAL_NANOS = 1_000_000_000L / PICTURES_A_SECOND;
    private static final int TICKS = 90_000 / PICTURES_A_SECOND;
    /** 90 of these a second are 1 Mbit/s. */
    private static final int PAYLOAD = 1_389;
    private static final int RTP_HEADER = 12;
    private static final int VERSION = 0x80;
    private static final int MARKER = 0x80;
    private static final int PAYLOAD_TYPE = 96;
    private static final byte SLICE = 0x41;
    private static final long NAP_NANOS = 500_000;

    private final InetSocketAddress[] ports;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RTP_HEADER + PAYLOAD);
    private long sent;
    private long latestNanos;

    SiteCameras(int[] ports) {
        this.ports = new InetSocketAddress[ports.length];
        for (int i = 0; i < ports.length; i++) {
            this.ports[i] = new InetSocketAddress(InetAddress.getLoopbackAddress(), ports[i]);
        }
        while (packet.hasRemaining()) {
            packet.put((byte) 0x55);
        }
    }

    /** Packets sent. */
    long sent() {
        return sent;
    }

    /** How late the latest picture was: where this is more than the interval, the sender is the limit. */
    long latestNanos() {
        return latestNanos;
    }

    /** Returns when all pictures are sent. */
    void run(int seconds) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            long start = System.nanoTime();
            for (int picture = 0; picture < seconds * PICTURES_A_SECOND; picture++) {
                for (int camera = 0; camera < ports.length; camera++) {
                    long due = start + picture * INTERVAL_NANOS + camera * INTERVAL_NANOS / ports.length;
                    await(due);
                    send(channel, camera, picture, due);
                }
            }
        }
    }

    private void await(long due) {
        long now = System.nanoTime();
        while (due - now > NAP_NANOS) {
            LockSupport.parkNanos(due - now);
            now = System.nanoTime();
        }
        latestNanos = Math.max(latestNanos, now - due);
    }

    private void send(DatagramChannel channel, int camera, int picture, long due) throws IOException {
        for (int i = 0; i < PACKETS_A_PICTURE; i++) {
            int marker = i == PACKETS_A_PICTURE - 1 ? MARKER : 0;
            packet.clear();
            packet.put((byte) VERSION).put((byte) (PAYLOAD_TYPE | marker)).putShort((short) (picture * PACKETS_A_PICTURE + i));
            packet.putInt(picture * TICKS).putInt(camera + 1).put(SLICE).putLong(due).rewind();
            sent += channel.send(packet, ports[camera]) > 0 ? 1 : 0;
        }
    }
}
