package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mcm.memif.Fault;
import io.mcm.memif.TxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The sending end of a ring through memif_buffer_alloc and memif_tx_burst. libmemif forgets a buffer that was allocated and not sent, and
 * sends in ring order only: so buffers are allocated as they come, and a cancelled one is used for the next packet.
 *
 * <pre>
 *   buffers   first          packet         next            end
 *     --------|--------------|--------------|---------------|------
 *             | committed    | open packet  | allocated     |
 * </pre>
 */
final class LibmemifTxQueue implements TxQueue {

    /** A master does not know how long the slave's buffers are. */
    static final int UNKNOWN = 0;

    private static final int NONE_OPEN = -1;

    private final Connection connection;
    private final Libmemif library;
    private final int queue;
    private final int size;
    private final MappedRegions regions;
    private final Fault fault;
    private final BufferDescriptor buffers;
    private final MemorySegment count = Arena.ofAuto().allocate(JAVA_SHORT);
    private int bufferLength;
    private int first;
    private int packet;
    private int next;
    private int end;

    private final Details details;

    private int capacity = NONE_OPEN;
    private long offset;
    private MemorySegment segment = MemorySegment.NULL;

    LibmemifTxQueue(
        Connection connection, int queue, int size, int bufferLength, Details details, MappedRegions regions, Fault fault) {
        this.connection = connection;
        this.details = details;
        this.library = connection.library();
        this.queue = queue;
        this.size = size;
        this.bufferLength = bufferLength;
        this.regions = regions;
        this.fault = fault;
        // Twice, so that the unsent ones are moved to the front once a ring and not with every publish.
        buffers = BufferDescriptor.allocate(Arena.ofAuto(), 2 * size);
    }

    @Override
    public int free() {
        allocate();
        return end - packet;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean claim() {
        if (packet == end && !allocate()) {
            return false;
        }
        next = packet;
        return open(packet);
    }

    private boolean open(int buffer) {
        long length = buffers.length(buffer);
        int region = regions.find(buffers.data(buffer), length);
        if (region == MappedRegions.NONE) {
            fault.report("buffer of " + length + " bytes outside of every region");
            return false;
        }
        segment = regions.segment(region);
        offset = regions.offset(region, buffers.data(buffer));
        capacity = (int) length;
        return true;
    }

    /** Takes what is free. False where nothing is. */
    private boolean allocate() {
        if (bufferLength == UNKNOWN) {
            measure();
        }
        int wanted = size - (end - first);
        if (bufferLength != UNKNOWN && wanted > 0) {
            makeRoom();
            end += allocate(wanted, bufferLength);
        }
        return end > packet;
    }

    private int allocate(int packets, int length) {
        count.set(JAVA_SHORT, 0, (short) 0);
        library.bufferAlloc(connection.handle(), queue, buffers.address(end), packets, count, length);
        return count.get(JAVA_SHORT, 0) & 0xffff;
    }

    private void makeRoom() {
        if (end > size) {
            buffers.moveToFront(first, end - first);
            packet -= first;
            next -= first;
            end -= first;
            first = 0;
        }
    }

    /**
     * Finds how long the slave's buffers are: a packet longer than that is allocated as a chain, whose first buffer then is full. The largest
     * power of two that the free buffers hold together is longer than one of them, unless there is one only; then it is what is used
     * of that. Not before the slave has offered its buffers: what failed for their number would pass for too long.
     */
    private void measure() {
        details.read(connection.handle());
        if (details.txOffered(queue) < Math.min(2, size)) {
            return;
        }
        int length = library.abi().maxBufferLength;
        while (length != 0 && end == 0) {
            end = allocate(1, length);
            length = Integer.highestOneBit(length - 1);
        }
        if (end != 0) {
            bufferLength = (int) buffers.length(0);
            buffers.set(end - 1, bufferLength, false);
        }
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void commit(int length) {
        if (length < 0 || length > capacity) {
            throw new IllegalArgumentException("packet of " + length + " bytes, " + (capacity == NONE_OPEN
                ? "and no buffer is open" : "allowed are 0 to " + capacity));
        }
        for (int i = packet; i < next; i++) {
            buffers.set(i, (int) buffers.length(i), true);
        }
        buffers.set(next, length, false);
        packet = next + 1;
        capacity = NONE_OPEN;
    }

    @Override
    public boolean extend() {
        if (capacity == NONE_OPEN) {
            throw new IllegalStateException("no buffer is open");
        }
        if (next + 1 == end) {
            allocate();
        }
        if (next + 1 == end || !open(next + 1)) {
            return false;
        }
        next++;
        return true;
    }

    @Override
    public void retract() {
        if (next == packet) {
            throw new IllegalStateException("the packet has one buffer only");
        }
        next--;
        open(next);
    }

    @Override
    public void cancel() {
        capacity = NONE_OPEN;
    }

    @Override
    public int publish() {
        int published = packet - first;
        if (published != 0) {
            int error = library.txBurst(connection.handle(), queue, buffers.address(first), published, count);
            if (error != Libmemif.SUCCESS && error != Libmemif.INT_WRITE) {
                fault.report("memif_tx_burst: error " + error);
            }
            first = packet;
        }
        return published;
    }

    /** Never: libmemif signals only with what it publishes. */
    @Override
    public boolean wakeAgain() {
        return false;
    }
}
