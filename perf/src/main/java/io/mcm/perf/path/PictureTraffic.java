package io.mcm.perf.path;

import io.mcm.foreign.PeerAddress;
import io.mcm.foreign.UdpSocket;
import io.mcm.perf.PayloadStructure;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;

/** Sends pictures of one shape to a port; sequence numbers, timestamps and markers are right. */
public final class PictureTraffic implements AutoCloseable {

    /** In the NAL unit: behind its header and what a slice begins with. */
    static final int TIME_OFFSET = 8;
    /** Of FU indicator, FU header; the NAL unit's own header is not sent. */
    private static final int PAYLOAD_TIME_OFFSET = RtpPacket.FIXED_HEADER_LENGTH + 2 + TIME_OFFSET - 1;
    private static final ValueLayout.OfLong TIME = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    /** As many packets as one UDP datagram before it is cut (65,507 bytes). */
    private static final int TRAIN = 46;
    private static final int START_CODE = 4;
    private static final int TICKS_PER_SECOND = 90_000;

    private final PictureShape shape;
    private final UdpSocket socket = UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final PeerAddress to = new PeerAddress();
    private final MemorySegment packets;
    private final int[] lengths;
    private int sequence;
    private int picture;
    private long refused;

    /** @throws IllegalStateException where the kernel has no GSO and the shape wants trains */
    public PictureTraffic(PictureShape shape, int port) {
        this.shape = shape;
        PayloadStructure.Packets made = PayloadStructure.FU_A.packets(shape.packets());
        packets = Arena.ofAuto().allocate(made.memory().byteSize()).copyFrom(made.memory());
        lengths = made.lengths();
        to.set(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (shape.trains() && !socket.sendTrains(PayloadStructure.PACKET_LENGTH)) {
            throw new IllegalStateException("this kernel has no UDP_SEGMENT (Linux 4.18)");
        }
    }

    /** When the picture was to be sent, {@link System#nanoTime()}, of its NAL unit as a consumer has it: with start code. */
    public static long due(MemorySegment unit) {
        return unit.get(TIME, START_CODE + TIME_OFFSET);
    }

    private static long at(int packet) {
        return (long) packet * PayloadStructure.PACKET_LENGTH;
    }

    /** Pictures at their times; those that the sender itself is late for follow at once. */
    long send(int pictures) {
        long sent = 0;
        long start = System.nanoTime();
        for (int i = 0; i < pictures; i++) {
            sent += sendPicture(start + i * shape.periodNanos());
        }
        return sent;
    }

    /**
     * One picture, its bursts not before their times.
     *
     * @param due when it was to be sent, which is told in it
     * @return packets that the kernel took
     */
    public long sendPicture(long due) {
        prepare(due);
        int bursts = (lengths.length + shape.burst() - 1) / shape.burst();
        long sent = 0;
        for (int burst = 0; burst < bursts; burst++) {
            await(due + burst * shape.periodNanos() / bursts);
            sent += sendBurst(burst * shape.burst(), Math.min(lengths.length, (burst + 1) * shape.burst()));
        }
        return sent;
    }

    private void prepare(long due) {
        int ticks = picture++ * (TICKS_PER_SECOND / shape.picturesPerSecond());
        for (int i = 0; i < lengths.length; i++) {
            RtpPacket.writeSequence(packets, at(i), sequence++);
            RtpPacket.writeTimestamp(packets, at(i), ticks);
        }
        packets.set(TIME, PAYLOAD_TIME_OFFSET, due);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private int sendBurst(int from, int to) {
        int sent = 0;
        for (int i = from; i < to; i += shape.trains() ? TRAIN : 1) {
            int last = shape.trains() ? Math.min(i + TRAIN, to) - 1 : i;
            sent += send(i, last);
        }
        return sent;
    }

    private int send(int first, int last) {
        long length = at(last) + lengths[last] - at(first);
        if (socket.send(packets.asSlice(at(first)), (int) length, to)) {
            return last - first + 1;
        }
        refused++;
        return 0;
    }

    /** Sends that the kernel did not take. */
    long refused() {
        return refused;
    }

    @Override
    public void close() {
        socket.close();
    }
}
