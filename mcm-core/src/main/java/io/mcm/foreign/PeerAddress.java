package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/** Where a datagram came from, or where one goes to: a copy of a {@code sockaddr_in} or {@code sockaddr_in6}, see {@link UdpSocket}. */
public final class PeerAddress {

    /** Of the longer one, sockaddr_in6. */
    static final int MAX_LENGTH = 28;

    private static final int PORT_OFFSET = 2;
    private static final int MAX_PORT = 65_535;
    private static final ValueLayout.OfShort PORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment name = Arena.ofAuto().allocate(MAX_LENGTH, 8);
    private int length;

    /** Takes over the sender of the batch's n-th datagram; {@link #isKnown} says whether it was recorded. */
    public void set(DatagramBatch batch, int n) {
        length = batch.peerLength(n);
        MemorySegment.copy(batch.peers(), batch.peerOffset(n), name, 0, length);
    }

    public void set(PeerAddress other) {
        length = other.length;
        MemorySegment.copy(other.name, 0, name, 0, length);
    }

    public void set(InetSocketAddress address) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment other = InternetAddress.allocate(address, scratch);
            length = (int) other.byteSize();
            MemorySegment.copy(other, 0, name, 0, length);
        }
    }

    public boolean isKnown() {
        return length > 0;
    }

    public void forget() {
        length = 0;
    }

    /** 0 to 65,535. */
    public int port() {
        return name.get(PORT, PORT_OFFSET) & 0xffff;
    }

    /** Moves to the port above, where RTP's control has its own (RFC 3550 section 11); nothing is known then above the last. */
    public void nextPort() {
        int next = port() + 1;
        name.set(PORT, PORT_OFFSET, (short) next);
        length = next > MAX_PORT ? 0 : length;
    }

    MemorySegment name() {
        return name;
    }

    int length() {
        return length;
    }
}
