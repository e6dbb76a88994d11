package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What memif_get_details tells of a connection. libmemif packs strings and arrays into one buffer without aligning them.
 *
 * <pre>
 *   memif_details_t          ... remote_if_name 16:8   remote_inst_name 24:8 ...   regions_num 64:1   regions 72:8   rx_queues_num 80:1   tx_queues_num 81:1
 *                            rx_queues 88:8   tx_queues 96:8   error 104:8   link_up_down 112:1    to 120
 *   memif_region_details_t   index 0:1   addr 8:8   size 16:4   fd 20:4   is_external 24:1    to 32
 *   memif_queue_details_t    region 0:1   qid 2:2   ring_size 4:4   flags 8:2   head 10:2   tail 12:2   buffer_size   to {@link Abi}
 * </pre>
 */
final class Details {

    private static final int REMOTE_IF_NAME_OFFSET = 16;
    private static final int REMOTE_INST_NAME_OFFSET = 24;
    private static final int REGIONS_NUM_OFFSET = 64;
    private static final int REGIONS_OFFSET = 72;
    private static final int RX_QUEUES_NUM_OFFSET = 80;
    private static final int TX_QUEUES_NUM_OFFSET = 81;
    private static final int RX_QUEUES_OFFSET = 88;
    private static final int TX_QUEUES_OFFSET = 96;
    private static final int ERROR_OFFSET = 104;
    private static final int LENGTH = 120;

    private static final int REGION_ADDR_OFFSET = 8;
    private static final int REGION_SIZE_OFFSET = 16;
    private static final int REGION_LENGTH = 32;

    private static final int QUEUE_RING_SIZE_OFFSET = 4;
    private static final int QUEUE_HEAD_OFFSET = 10;
    private static final int QUEUE_TAIL_OFFSET = 12;

    /** 255 regions, 255 queues each way, and the strings. */
    private static final long BUFFER_LENGTH = 255 * REGION_LENGTH + 2 * 255 * 20 + 1024;

    private final Libmemif library;
    private final MemorySegment details;
    private final MemorySegment buffer;

    Details(Libmemif library, Arena arena) {
        this.library = library;
        details = arena.allocate(LENGTH, Long.BYTES);
        buffer = arena.allocate(BUFFER_LENGTH, Long.BYTES);
    }

    /** Asks anew. */
    void read(long connection) {
        library.getDetails(connection, details, buffer);
    }

    String peerName() {
        return buffer.getString(offset(REMOTE_IF_NAME_OFFSET));
    }

    String peerApplication() {
        return buffer.getString(offset(REMOTE_INST_NAME_OFFSET));
    }

    /** Why the peer refused, if it said so; it stays from an earlier connection until the next refusal. */
    String error() {
        return buffer.getString(offset(ERROR_OFFSET));
    }

    int regions() {
        return count(REGIONS_NUM_OFFSET);
    }

    long regionAddress(int region) {
        return buffer.get(JAVA_LONG_UNALIGNED, offset(REGIONS_OFFSET) + (long) region * REGION_LENGTH + REGION_ADDR_OFFSET);
    }

    long regionLength(int region) {
        long at = offset(REGIONS_OFFSET) + (long) region * REGION_LENGTH + REGION_SIZE_OFFSET;
        return Integer.toUnsignedLong(buffer.get(JAVA_INT_UNALIGNED, at));
    }

    int rxQueues() {
        return count(RX_QUEUES_NUM_OFFSET);
    }

    int txQueues() {
        return count(TX_QUEUES_NUM_OFFSET);
    }

    /** Buffers that the slave has offered to a master's transmit queue. */
    int txOffered(int queue) {
        long at = queue(TX_QUEUES_OFFSET, queue);
        return buffer.get(JAVA_SHORT_UNALIGNED, at + QUEUE_HEAD_OFFSET) - buffer.get(JAVA_SHORT_UNALIGNED, at + QUEUE_TAIL_OFFSET) & 0xffff;
    }

    int rxRingSize(int queue) {
        return buffer.get(JAVA_INT_UNALIGNED, queue(RX_QUEUES_OFFSET, queue) + QUEUE_RING_SIZE_OFFSET);
    }

    int txRingSize(int queue) {
        return buffer.get(JAVA_INT_UNALIGNED, queue(TX_QUEUES_OFFSET, queue) + QUEUE_RING_SIZE_OFFSET);
    }

    /** How far the producer of a receive ring has come: the index that it writes. */
    int rxProducerIndex(int queue, Role role) {
        int offset = role == Role.MASTER ? QUEUE_HEAD_OFFSET : QUEUE_TAIL_OFFSET;
        return buffer.get(JAVA_SHORT_UNALIGNED, queue(RX_QUEUES_OFFSET, queue) + offset) & 0xffff;
    }

    private long queue(int arrayOffset, int queue) {
        return offset(arrayOffset) + (long) queue * library.abi().queueDetailsLength;
    }

    private int count(int offset) {
        return details.get(JAVA_BYTE, offset) & 0xff;
    }

    /** Where in the buffer a pointer of the details leads. */
    private long offset(int pointerOffset) {
        return details.get(JAVA_LONG, pointerOffset) - buffer.address();
    }
}
