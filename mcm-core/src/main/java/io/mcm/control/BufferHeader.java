package io.mcm.control;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Layout of what the proxy writes before the bytes of every delivered unit, as MCM 24.09 does (udp_h264_rx_sample.c): sequence number and
 * timestamp are the RTP packet's own bytes, so big endian; the length is a C {@code size_t}, so little endian, and not aligned.
 *
 * <pre>
 *    0          2           6                    14
 *    +----------+-----------+--------------------+------------------ ...
 *    | sequence | timestamp | length of Annex B  | Annex B byte stream
 *    +----------+-----------+--------------------+------------------ ...
 *      u16 BE      u32 BE        u64 LE
 * </pre>
 *
 * Sequence and timestamp are those of the first packet of the unit.
 */
public final class BufferHeader {

    public static final int LENGTH = 14;

    private static final int SEQUENCE_OFFSET = 0;
    private static final int TIMESTAMP_OFFSET = 2;
    private static final int PAYLOAD_LENGTH_OFFSET = 6;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private BufferHeader() {}

    /** Writes the header of a buffer that starts at {@code base}. */
    public static void write(MemorySegment segment, long base, int sequence, int timestamp, long payloadLength) {
        segment.set(U16, base + SEQUENCE_OFFSET, (short) sequence);
        segment.set(U32, base + TIMESTAMP_OFFSET, timestamp);
        segment.set(U64, base + PAYLOAD_LENGTH_OFFSET, payloadLength);
    }

    /** 0 to 65,535. */
    public static int sequence(MemorySegment segment, long base) {
        return segment.get(U16, base + SEQUENCE_OFFSET) & 0xffff;
    }

    /** Unsigned 32 bits. */
    public static int timestamp(MemorySegment segment, long base) {
        return segment.get(U32, base + TIMESTAMP_OFFSET);
    }

    /** As the proxy says: to be held against the buffer's own length. Upstream writes a length near 2^64 after a short packet. */
    public static long payloadLength(MemorySegment segment, long base) {
        return segment.get(U64, base + PAYLOAD_LENGTH_OFFSET);
    }
}
