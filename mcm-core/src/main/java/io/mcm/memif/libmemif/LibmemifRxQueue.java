package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mcm.foreign.EventFd;
import io.mcm.memif.Fault;
import io.mcm.memif.GatheredPacket;
import io.mcm.memif.HeldPackets;
import io.mcm.memif.RxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The receiving end of a ring through memif_rx_burst and memif_refill_queue. Indexes run freely over 16 bits, as those of the ring. */
final class LibmemifRxQueue implements RxQueue {

    /** Taken from libmemif at once. */
    private static final int BATCH = 64;
    private static final int INDEX_MASK = 0xffff;
    /** More than any ring has: a slave offers as many as it may. */
    private static final int ALL = 0xffff;

    private final Connection connection;
    private final Libmemif library;
    private final int queue;
    private final int size;
    private final EventFd interrupt;
    private final Details details;
    private final MappedRegions regions;
    private final Fault fault;
    private final BufferDescriptor buffers = BufferDescriptor.allocate(Arena.ofAuto(), BATCH);
    private final MemorySegment count = Arena.ofAuto().allocate(JAVA_SHORT);
    private final HeldPackets held;
    private final GatheredPacket gathered = new GatheredPacket();
    private boolean polling;
    private int fetched;
    private int cursor;
    /** What libmemif has given us, as its last_head or last_tail. */
    private int received;
    /** What libmemif was told that it has back. */
    private int givenBack;
    private int owed;

    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int length;
    private int ticket;

    LibmemifRxQueue(
        Connection connection, int queue, int size, EventFd interrupt, Details details, MappedRegions regions, Fault fault) {
        this.connection = connection;
        this.library = connection.library();
        this.queue = queue;
        this.size = size;
        this.interrupt = interrupt;
        this.details = details;
        this.regions = regions;
        this.fault = fault;
        held = new HeldPackets(size);
    }

    /** Only after CONNECTED: until then libmemif clears the indexes. */
    void start(boolean polls) {
        if (polls) {
            poll(true);
        }
        if (connection.role() == Role.SLAVE) {
            library.check(library.refillQueue(connection.handle(), queue, ALL), "memif_refill_queue");
        }
    }

    @Override
    public EventFd interrupt() {
        return interrupt;
    }

    @Override
    public void poll(boolean polls) {
        polling = polls;
        library.check(library.setRxMode(connection.handle(), polls, queue), "memif_set_rx_mode");
    }

    @Override
    public boolean next() {
        if (cursor == fetched && !fetch() || !locate()) {
            return false;
        }
        ticket = buffers.index(cursor);
        if (buffers.hasNext(cursor)) {
            return gather();
        }
        cursor++;
        held.take(ticket, 1);
        return true;
    }

    /**
     * memif_rx_burst looks at the ring first and reads the eventfd after that, so the signal of what came in between is lost: where
     * somebody will sleep on it, the ring is looked at once more.
     */
    private boolean fetch() {
        do {
            burst();
        } while (fetched == 0 && !polling && moreCame());
        return fetched != 0;
    }

    private void burst() {
        count.set(JAVA_SHORT, 0, (short) 0);
        library.rxBurst(connection.handle(), queue, buffers.address(0), BATCH, count);
        cursor = 0;
        fetched = count.get(JAVA_SHORT, 0) & INDEX_MASK;
        received = received + fetched & INDEX_MASK;
        if ((received - givenBack & INDEX_MASK) > size) {
            fault.report("more than the ring's " + size + " descriptors published");
            fetched = 0;
        }
    }

    private boolean moreCame() {
        if (connection.handle() == 0 || !connection.isUp() || fault.reason() != null) {
            return false;
        }
        details.read(connection.handle());
        return details.rxProducerIndex(queue, connection.role()) != received;
    }

    /** Moves the view onto one buffer. */
    private boolean locate() {
        long bytes = buffers.length(cursor);
        int region = regions.find(buffers.data(cursor), bytes);
        if (region == MappedRegions.NONE || bytes > Integer.MAX_VALUE) {
            fault.report("packet of " + bytes + " bytes outside of every region");
            return false;
        }
        segment = regions.segment(region);
        offset = regions.offset(region, buffers.data(cursor));
        length = (int) bytes;
        return true;
    }

    private boolean gather() {
        gathered.clear();
        for (int descriptors = 1; gathered.append(segment, offset, length); descriptors++) {
            boolean last = !buffers.hasNext(cursor++);
            if (last) {
                segment = gathered.segment();
                offset = 0;
                length = gathered.length();
                held.take(ticket, descriptors);
                return true;
            }
            if (cursor == fetched && !fetch()) {
                fault.report("chain without an end in the descriptors published");
                return false;
            }
            if (!locate()) {
                return false;
            }
        }
        fault.report("chained packet of more than " + MAX_CHAIN_LENGTH + " bytes");
        return false;
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
    public int length() {
        return length;
    }

    @Override
    public int ticket() {
        return ticket;
    }

    @Override
    public boolean isGathered() {
        return segment == gathered.segment();
    }

    @Override
    public void release(int packet) {
        owed += held.release(packet);
        if (owed != 0 && mayGiveBack()) {
            library.refillQueue(connection.handle(), queue, owed);
            givenBack = givenBack + owed & INDEX_MASK;
            owed = 0;
        }
    }

    @Override
    public void flush() {
        // The peer is told with every release.
    }

    /**
     * A master's memif_refill_queue compares {@code tail + count <= last_head} without regard to the wrap, and where that is false gives back
     * all up to last_head, packets that are still held with them. So where it would be false we wait until all is to be given back.
     */
    private boolean mayGiveBack() {
        return connection.role() == Role.SLAVE || givenBack + owed <= received || owed == (received - givenBack & INDEX_MASK);
    }
}
