package io.mcm.control;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Layout of what our proxy tells our SDK of each unit, between the {@link BufferHeader} and the unit's bytes, which the header's length does
 * not count. It is there only where both sides have {@link #announce announced} it in the memif handshake, so that no other peer ever sees
 * it. Little endian, not aligned.
 *
 * <pre>
 *    0         1         2         3         4         5         6         7         8
 *    +---------+---------+-------------------+---------------------------------------+
 *    | version | length  |       flags       |        packets lost before it         |
 *    +---------+---------+-------------------+---------------------------------------+
 *    |  unit   |NAL type |                            0                              |
 *    +---------+---------+-----------------------------------------------------------+
 *    |                          extended sequence number                             |
 *    +-------------------------------------------------------------------------------+
 *    |                             extended timestamp                                |
 *    +-------------------------------------------------------------------------------+
 *    |                     arrival, ns of CLOCK_MONOTONIC                            |
 *    +-------------------------------------------------------------------------------+
 *    |                  NTP time, s since 1900 in 32.32 fixed point                  |
 *    +-------------------------------------------------------------------------------+ 48
 *
 *    flags    bit 0 gap   1 incomplete   2 IDR   3 access unit starts   4 access unit ends
 *                 5 new stream   6 parameter sets inserted   7 forbidden bit
 * </pre>
 *
 * A later version only adds fields at the end and bits to the flags: a reader takes any version from 1 on, reads what it knows, and finds
 * the unit's bytes by the length. Sequence, timestamp and arrival are those of the packet that brought the unit's first byte.
 */
public final class UnitMetadata {

    /** Bytes that version 1 has, and the least that any version has. */
    public static final int LENGTH = 48;
    public static final int VERSION = 1;

    /** Packets were lost, or units left out, between the unit that was delivered last and this one. */
    public static final int GAP = 1;
    /** A NAL unit of this access unit was lost (unit {@code access-unit}, policy {@code drop-nal}). */
    public static final int INCOMPLETE = 1 << 1;
    /** It has a slice of an IDR picture. */
    public static final int IDR = 1 << 2;
    /** It is the first of its access unit that is delivered. */
    public static final int ACCESS_UNIT_START = 1 << 3;
    /** It is the last of its access unit. Not set where that was not known yet (a marker that does not come, or lies). */
    public static final int ACCESS_UNIT_END = 1 << 4;
    /** It is the first of its stream for this consumer: the first of all, or the camera restarted, or is another one. */
    public static final int NEW_STREAM = 1 << 5;
    /** The proxy put parameter sets into it that the camera had sent earlier, or the session description has. */
    public static final int PARAMETER_SETS_INSERTED = 1 << 6;
    /** A NAL unit of it has the forbidden bit: its sender says that it has bit errors. */
    public static final int FORBIDDEN_BIT = 1 << 7;

    private static final int VERSION_OFFSET = 0;
    private static final int LENGTH_OFFSET = 1;
    private static final int FLAGS_OFFSET = 2;
    private static final int PACKETS_LOST_OFFSET = 4;
    private static final int UNIT_OFFSET = 8;
    private static final int NAL_TYPE_OFFSET = 9;
    private static final int RESERVED_OFFSET = 10;
    private static final int RESERVED_TAIL_OFFSET = 12;
    private static final int EXTENDED_SEQUENCE_OFFSET = 16;
    private static final int EXTENDED_TIMESTAMP_OFFSET = 24;
    private static final int ARRIVAL_OFFSET = 32;
    private static final int NTP_TIME_OFFSET = 40;

    private static final long MAX_PACKETS_LOST = 0xffff_ffffL;
    private static final String ANNOUNCEMENT = "+unit-metadata";

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private UnitMetadata() {}

    /**
     * The name of a program that knows unit metadata, for memif's HELLO or INIT. It cannot stand in what the proxy answers to
     * QUERY_MEMIF_PARAM: the C SDK sends those names back as its own.
     */
    public static String announce(String application) {
        return application + ANNOUNCEMENT;
    }

    /** Whether a peer of that name knows unit metadata. */
    public static boolean isAnnounced(String application) {
        return application.endsWith(ANNOUNCEMENT);
    }

    /** Writes all but what the setters below write. {@code packetsLost} saturates at 2^32-1. */
    public static void write(MemorySegment segment, long base, DeliveryUnit unit, int nalType, int flags, long packetsLost) {
        segment.set(JAVA_BYTE, base + VERSION_OFFSET, (byte) VERSION);
        segment.set(JAVA_BYTE, base + LENGTH_OFFSET, (byte) LENGTH);
        setFlags(segment, base, flags);
        segment.set(U32, base + PACKETS_LOST_OFFSET, (int) Math.min(packetsLost, MAX_PACKETS_LOST));
        segment.set(JAVA_BYTE, base + UNIT_OFFSET, (byte) unit.number());
        segment.set(JAVA_BYTE, base + NAL_TYPE_OFFSET, (byte) nalType);
        segment.set(U16, base + RESERVED_OFFSET, (short) 0);
        segment.set(U32, base + RESERVED_TAIL_OFFSET, 0);
    }

    public static void setFlags(MemorySegment segment, long base, int flags) {
        segment.set(U16, base + FLAGS_OFFSET, (short) flags);
    }

    /** Where the unit's first packet stands, and when it came; see the readers for the units. */
    public static void setOrigin(MemorySegment segment, long base, long sequence, long timestamp, long arrivalNanos, long ntpTime) {
        segment.set(U64, base + EXTENDED_SEQUENCE_OFFSET, sequence);
        segment.set(U64, base + EXTENDED_TIMESTAMP_OFFSET, timestamp);
        segment.set(U64, base + ARRIVAL_OFFSET, arrivalNanos);
        segment.set(U64, base + NTP_TIME_OFFSET, ntpTime);
    }

    /**
     * Where the unit's bytes start, counted from {@code base}; -1 for what no version can be.
     *
     * @param available bytes of the buffer from {@code base} on
     */
    public static int length(MemorySegment segment, long base, long available) {
        if (available < LENGTH || segment.get(JAVA_BYTE, base + VERSION_OFFSET) == 0) {
            return -1;
        }
        int length = segment.get(JAVA_BYTE, base + LENGTH_OFFSET) & 0xff;
        return length < LENGTH || length > available ? -1 : length;
    }

    public static int flags(MemorySegment segment, long base) {
        return segment.get(U16, base + FLAGS_OFFSET) & 0xffff;
    }

    /** 0 to 2^32-1, where it stays. */
    public static long packetsLost(MemorySegment segment, long base) {
        return Integer.toUnsignedLong(segment.get(U32, base + PACKETS_LOST_OFFSET));
    }

    /** Null for one that only a later version has. */
    public static DeliveryUnit unit(MemorySegment segment, long base) {
        return DeliveryUnit.ofNumber(segment.get(JAVA_BYTE, base + UNIT_OFFSET));
    }

    /** Of the first NAL unit, 1 to 23; of a {@link DeliveryUnit#FRAGMENT} the payload's, 1 to 29. */
    public static int nalType(MemorySegment segment, long base) {
        return segment.get(JAVA_BYTE, base + NAL_TYPE_OFFSET) & 0xff;
    }

    /** RTP sequence number without wraps; its low 16 bits stand in the {@link BufferHeader}. */
    public static long extendedSequence(MemorySegment segment, long base) {
        return segment.get(U64, base + EXTENDED_SEQUENCE_OFFSET);
    }

    /** RTP time without wraps, in ticks of 90 kHz; goes on from one stream to the next. */
    public static long extendedTimestamp(MemorySegment segment, long base) {
        return segment.get(U64, base + EXTENDED_TIMESTAMP_OFFSET);
    }

    /** When the proxy took the packet from its socket: ns of this machine's CLOCK_MONOTONIC, as {@link System#nanoTime} has it on Linux. */
    public static long arrivalNanos(MemorySegment segment, long base) {
        return segment.get(U64, base + ARRIVAL_OFFSET);
    }

    /** The camera's wall clock at the RTP timestamp: seconds since 1900 in 32.32 fixed point; 0 where no sender report told. */
    public static long ntpTime(MemorySegment segment, long base) {
        return segment.get(U64, base + NTP_TIME_OFFSET);
    }
}
