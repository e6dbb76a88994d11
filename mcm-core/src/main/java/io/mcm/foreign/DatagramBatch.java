package io.mcm.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Datagrams that were received together, by one recvmmsg(2) or one by one, in order, each with its time of arrival. The kernel may put a train of
 * them into one slot (UDP_GRO); here they are told apart again. Used again for every batch; a worker needs one, whatever the number of its sockets.
 */
public final class DatagramBatch implements AutoCloseable {

    /** The largest UDP payload, over IPv6 (RFC 768, RFC 8200: 65,535 less the UDP header). */
    public static final int MAX_DATAGRAM_LENGTH = 65_527;

    /** More than this at once recvmmsg(2) does not take (UIO_MAXIOV, include/uapi/linux/uio.h). */
    public static final int MAX_SLOTS = 1024;

    /** The longest train (UDP_MAX_SEGMENTS, include/linux/udp.h, since Linux 6.9; 64 before); a longer one costs one allocation. */
    private static final int TRAIN = 128;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Arena arena = Arena.ofShared();
    private final ReceiveSlots slots;
    private final LongSupplier nanoClock;
    private final SlotControl control = new SlotControl();
    private final ArrivalClock arrivalClock = new ArrivalClock();
    private final MemorySegment realTime = arena.allocate(2 * ValueLayout.JAVA_LONG.byteSize(), 8);

    private long[] offsets;
    private int[] lengths;
    private int[] slotNumbers;
    private final long[] arrivals;
    private int usedSlots;
    private int count;
    private boolean recorded;
    private int strangers;
    private int drops;
    private boolean tellsDrops;

    /** Arrivals are told by {@link System#nanoTime}. */
    public DatagramBatch(int slots) {
        this(slots, System::nanoTime);
    }

    /**
     * @param slots trains or datagrams at once, 1 to {@link #MAX_SLOTS}; 66 KiB each, of which only what was ever used is resident
     * @param nanoClock the clock by which arrivals are told
     */
    public DatagramBatch(int slots, LongSupplier nanoClock) {
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("batch of " + slots + " datagrams, allowed are 1 to " + MAX_SLOTS);
        }
        this.slots = new ReceiveSlots(slots, arena);
        this.nanoClock = nanoClock;
        arrivals = new long[slots];
        makeRoom(slots * TRAIN);
    }

    private void makeRoom(int datagrams) {
        offsets = offsets == null ? new long[datagrams] : Arrays.copyOf(offsets, datagrams);
        lengths = lengths == null ? new int[datagrams] : Arrays.copyOf(lengths, datagrams);
        slotNumbers = slotNumbers == null ? new int[datagrams] : Arrays.copyOf(slotNumbers, datagrams);
    }

    /**
     * Takes what has arrived at a socket.
     *
     * @param from whose datagrams are taken; null for everybody's
     * @param notBefore the last arrival of the same socket
     */
    int receiveFrom(int fd, PeerFilter from, long notBefore) {
        clear();
        usedSlots = slots.receive(fd);
        recorded = true;
        if (usedSlots > 0) {
            Libc.clock_realtime(realTime);
            long real = realTime.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND + realTime.getAtIndex(ValueLayout.JAVA_LONG, 1);
            arrivalClock.begin(real, nanoClock.getAsLong(), notBefore);
        }
        for (int slot = 0; slot < usedSlots; slot++) {
            slots.wrap(control, slot);
            if (control.tellsDrops()) {
                tellsDrops = true;
                drops = control.drops();
            }
            boolean welcome = from == null || from.accepts(slots.peers(), slots.peerOffset(slot), slots.peerLength(slot));
            split(slot, slots.length(slot), control.segmentLength(), welcome);
        }
        return count;
    }

    private void split(int slot, int length, int segmentLength, boolean welcome) {
        int step = segmentLength <= 0 ? Math.max(1, length) : segmentLength;
        arrivals[slot] = arrivalClock.arrival(control.realNanos());
        if (!welcome) {
            strangers += Math.max(1, Math.ceilDiv(length, step));
            return;
        }
        int done = 0;
        do {
            put(slot, slots.offset(slot) + done, Math.min(step, length - done));
            done += step;
        } while (done < length);
    }

    private void put(int slot, long offset, int length) {
        if (count == offsets.length) {
            makeRoom(2 * count);
        }
        offsets[count] = offset;
        lengths[count] = length;
        slotNumbers[count] = slot;
        count++;
    }

    /** Makes all slots free, for a source that fills them one by one. */
    public void clear() {
        usedSlots = 0;
        count = 0;
        recorded = false;
        strangers = 0;
        tellsDrops = false;
    }

    /** Whether all slots are taken, so that more datagrams may wait. */
    public boolean isFull() {
        return usedSlots == slots.count();
    }

    /** Where the next datagram goes, {@link #MAX_DATAGRAM_LENGTH} bytes at most. */
    public long nextAddress() {
        return slots.slab().address() + slots.offset(usedSlots);
    }

    /** The same place in {@link #slab}. */
    public long nextOffset() {
        return slots.offset(usedSlots);
    }

    /** There is a datagram of that length at {@link #nextAddress} now; it arrived just now. */
    public void add(int length) {
        arrivals[usedSlots] = nanoClock.getAsLong();
        put(usedSlots, slots.offset(usedSlots), length);
        usedSlots++;
    }

    /** Datagrams received last. Whether more wait {@link #isFull} tells, not this. */
    public int count() {
        return count;
    }

    /** The bytes of all of them. */
    public MemorySegment slab() {
        return slots.slab();
    }

    public long offset(int i) {
        return offsets[i];
    }

    public int length(int i) {
        return lengths[i];
    }

    /** When the i-th arrived, by the monotonic clock: never before an earlier datagram of its socket, never in the future. */
    public long arrival(int i) {
        return arrivals[slotNumbers[i]];
    }

    /** Datagrams left out because the filter did not want their sender. */
    public int strangers() {
        return strangers;
    }

    /**
     * What the socket had dropped when the last of these arrived, since it was opened, modulo 2^32; a train that was dropped counts once.
     *
     * @param before the answer where the kernel did not say
     */
    public int drops(int before) {
        return tellsDrops ? drops : before;
    }

    MemorySegment peers() {
        return slots.peers();
    }

    long peerOffset(int i) {
        return slots.peerOffset(slotNumbers[i]);
    }

    /** Bytes of the i-th sender's address; 0 where none was recorded. */
    int peerLength(int i) {
        return recorded ? slots.peerLength(slotNumbers[i]) : 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
