package io.mcm.camera.rtsp;

import io.mcm.rtsp.NumberPair;
import io.mcm.rtsp.TransportHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.BiConsumer;

/**
 * Packets over UDP, from a pair of ports of the session's own. Not connected: players send packets from there to open their NAT, and a camera does not
 * look at them. Only the client's RTCP is read.
 */
final class UdpOut implements MediaOut {

    /** Pairs tried: the system hands out odd ports as often as even ones, and the one above may be taken. */
    private static final int MAX_ATTEMPTS = 64;
    private static final int MAX_PORT = 65_535;
    /** Longer than any report: one block for each of 31 sources, and a description. */
    private static final int MAX_REPORT = 2_048;

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final InetSocketAddress rtpTo;
    private final InetSocketAddress rtcpTo;
    private final TransportHeader transport;
    private final RtspCounts counts;
    private MemorySegment viewed = MemorySegment.NULL;
    private ByteBuffer view = ByteBuffer.allocate(0);

    private UdpOut(DatagramChannel[] pair, InetAddress client, NumberPair clientPorts, RtspCounts counts) throws IOException {
        rtp = pair[0];
        rtcp = pair[1];
        rtpTo = new InetSocketAddress(client, clientPorts.rtp());
        rtcpTo = new InetSocketAddress(client, clientPorts.rtcp());
        transport = TransportHeader.overUdp(clientPorts).withServerPorts(new NumberPair(port(rtp), port(rtcp)));
        this.counts = counts;
    }

    /**
     * Opens a pair of ports.
     *
     * @param reports takes what comes to the RTCP port from the client's address, with its length
     */
    static UdpOut open(InetAddress local, InetAddress client, NumberPair clientPorts, RtspCounts counts,
            BiConsumer<MemorySegment, Integer> reports) throws IOException {
        UdpOut out = new UdpOut(pair(local), client, clientPorts, counts);
        Thread.ofVirtual().name("rtcp of " + out.rtcpTo).start(() -> out.readReports(reports));
        return out;
    }

    /** An even port and the one above (RFC 3550 section 11). */
    private static DatagramChannel[] pair(InetAddress local) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            DatagramChannel even = DatagramChannel.open().bind(new InetSocketAddress(local, 0));
            DatagramChannel odd = null;
            try {
                odd = port(even) % 2 == 0 && port(even) < MAX_PORT ? bound(local, port(even) + 1) : null;
            } finally {
                if (odd == null) {
                    even.close();
                }
            }
            if (odd != null) {
                return new DatagramChannel[] {even, odd};
            }
        }
        throw new BindException("no two UDP ports beside each other at " + local.getHostAddress() + " in " + MAX_ATTEMPTS + " attempts");
    }

    /** Null where the port is taken. */
    private static DatagramChannel bound(InetAddress local, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            return channel.bind(new InetSocketAddress(local, port));
        } catch (BindException _) {
            channel.close();
            return null;
        }
    }

    private static int port(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private void readReports(BiConsumer<MemorySegment, Integer> reports) {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_REPORT);
        MemorySegment segment = MemorySegment.ofBuffer(buffer.duplicate());
        try {
            while (true) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) rtcp.receive(buffer);
                if (from.getAddress().equals(rtcpTo.getAddress())) {
                    reports.accept(segment, buffer.position());
                }
            }
        } catch (IOException _) {
            // Closed: the session is over.
        }
    }

    @Override
    public void send(int channel, MemorySegment segment, long offset, int length) {
        ByteBuffer bytes = viewOf(segment);
        bytes.limit(Math.toIntExact(offset + length)).position(Math.toIntExact(offset));
        try {
            if (channel == RTP) {
                rtp.send(bytes, rtpTo);
            } else {
                rtcp.send(bytes, rtcpTo);
            }
        } catch (IOException _) {
            counts.increment(RtspCounter.PACKETS_UNSENT);
        }
    }

    private ByteBuffer viewOf(MemorySegment segment) {
        if (segment != viewed) {
            viewed = segment;
            view = segment.asByteBuffer();
        }
        return view;
    }

    @Override
    public TransportHeader transport() {
        return transport;
    }

    @Override
    public boolean isBroken() {
        return false;
    }

    @Override
    public void close() {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException _) {
            // They are gone, which is what was wanted.
        }
    }
}
