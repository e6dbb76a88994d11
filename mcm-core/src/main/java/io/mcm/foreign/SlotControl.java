package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * What the kernel says of one slot beside its bytes: the control messages of recvmsg(2), in whatever order, each in its place only if there is
 * something to say. A view that is wrapped round one slot after the other.
 *
 * <pre>
 *    0               8      12      16
 *   +---------------+-------+-------+---------------------------+
 *   | length  32    | level | type  | seconds 8   nanoseconds 8 |   SOL_SOCKET, SCM_TIMESTAMPNS: arrival, CLOCK_REALTIME (socket(7))
 *   +---------------+-------+-------+-------+-------+-----------+
 *   | length  20    | level | type  | count | pad 4 |               SOL_SOCKET, SO_RXQ_OVFL: drops since the socket was opened, modulo 2^32
 *   +---------------+-------+-------+-------+-------+
 *   | length  20    | level | type  | bytes | pad 4 |               SOL_UDP, UDP_GRO: length of each datagram but the last (udp(7))
 *   +---------------+-------+-------+-------+-------+
 * </pre>
 */
final class SlotControl {

    static final int SO_TIMESTAMPNS = 35;
    static final int SO_RXQ_OVFL = 40;
    static final int SOL_UDP = 17;
    static final int UDP_GRO = 104;

    private static final int TIMESPEC_LENGTH = 16;
    private static final int SECONDS_OFFSET = MessageHeader.CONTROL_HEADER_LENGTH;
    private static final int NANOS_OFFSET = MessageHeader.CONTROL_HEADER_LENGTH + 8;
    private static final int VALUE_OFFSET = MessageHeader.CONTROL_HEADER_LENGTH;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Room for one of each. */
    static final long ROOM =
        MessageHeader.controlSpace(TIMESPEC_LENGTH) + MessageHeader.controlSpace(Integer.BYTES) + MessageHeader.controlSpace(Integer.BYTES);

    private long realNanos;
    private int drops;
    private boolean tellsDrops;
    private int segmentLength;

    /** @param length bytes of control messages, all inside {@code control} */
    void wrap(MemorySegment control, long offset, long length) {
        realNanos = 0;
        tellsDrops = false;
        segmentLength = 0;
        long end = offset + length;
        long at = offset;
        while (at + MessageHeader.CONTROL_HEADER_LENGTH <= end) {
            long size = control.get(JAVA_LONG, at + MessageHeader.CONTROL_SIZE_OFFSET);
            if (size < MessageHeader.CONTROL_HEADER_LENGTH || size > end - at) {
                return;
            }
            take(control, at, size - MessageHeader.CONTROL_HEADER_LENGTH);
            at += MessageHeader.controlSpace((int) size - MessageHeader.CONTROL_HEADER_LENGTH);
        }
    }

    private void take(MemorySegment control, long at, long dataLength) {
        int level = control.get(JAVA_INT, at + MessageHeader.CONTROL_LEVEL_OFFSET);
        int type = control.get(JAVA_INT, at + MessageHeader.CONTROL_TYPE_OFFSET);
        if (level == MessageHeader.SOL_SOCKET && type == SO_TIMESTAMPNS && dataLength >= TIMESPEC_LENGTH) {
            realNanos = control.get(JAVA_LONG, at + SECONDS_OFFSET) * NANOS_PER_SECOND + control.get(JAVA_LONG, at + NANOS_OFFSET);
        } else if (level == MessageHeader.SOL_SOCKET && type == SO_RXQ_OVFL && dataLength >= Integer.BYTES) {
            drops = control.get(JAVA_INT, at + VALUE_OFFSET);
            tellsDrops = true;
        } else if (level == SOL_UDP && type == UDP_GRO && dataLength >= Integer.BYTES) {
            segmentLength = control.get(JAVA_INT, at + VALUE_OFFSET);
        }
    }

    /** Arrival in nanoseconds since 1970; 0 where it is not told. */
    long realNanos() {
        return realNanos;
    }

    boolean tellsDrops() {
        return tellsDrops;
    }

    /** The socket's drops before this slot, if {@link #tellsDrops}. */
    int drops() {
        return drops;
    }

    /** Bytes of each datagram of a slot that has several, the last of which may be shorter; 0 for a slot that has one. */
    int segmentLength() {
        return segmentLength;
    }
}
