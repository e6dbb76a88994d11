package io.mcm.rtsp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A packet between the messages of a connection (RFC 2326 section 10.12).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      '$'      |    channel    |        length of packet       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * One object serves all frames of a reader: what it holds is true until the next message is read.
 */
public final class InterleavedFrame implements RtspMessage {

    static final int MAGIC = '$';
    static final int HEADER_LENGTH = 4;
    static final int MAGIC_OFFSET = 0;
    static final int CHANNEL_OFFSET = 1;
    static final int LENGTH_OFFSET = 2;
    /** What the length field can say. */
    public static final int MAX_LENGTH = 65_535;

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    final byte[] bytes = new byte[MAX_LENGTH];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);
    private int channel;
    private int length;

    InterleavedFrame set(int newChannel, int newLength) {
        channel = newChannel;
        length = newLength;
        return this;
    }

    /** 0 to 255. */
    public int channel() {
        return channel;
    }

    /** Its packet lies at 0. */
    public MemorySegment segment() {
        return segment;
    }

    /** Bytes of the packet, 0 to {@link #MAX_LENGTH}. */
    public int length() {
        return length;
    }

    static void writeHeader(MemorySegment to, int channel, int length) {
        to.set(U8, MAGIC_OFFSET, (byte) MAGIC);
        to.set(U8, CHANNEL_OFFSET, (byte) channel);
        to.set(U16, LENGTH_OFFSET, (short) length);
    }

    /** Of a frame's header. */
    static int channel(byte[] header) {
        return header[CHANNEL_OFFSET] & 0xff;
    }

    /** Of a frame's header. */
    static int length(byte[] header) {
        return MemorySegment.ofArray(header).get(U16, LENGTH_OFFSET) & 0xffff;
    }

    @Override
    public String toString() {
        return "frame of " + length + " bytes on channel " + channel;
    }
}
