package io.mcm.h264;

import static io.mcm.h264.H264Counter.*;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Puts the NAL units of packetization mode 2 back in decoding order by their decoding order numbers (RFC 6184 sections 5.5 and 7.2.2).
 * A unit goes out when more slices wait than the depth, when a unit far enough behind it has come, when the memory is full or when
 * nothing comes any more.
 */
final class Deinterleaver implements NalUnitSink {

    /** So many units in a row from before the last one delivered are not late: the numbers have leapt. As many as the default depth. */
    private static final int MAX_LATE_IN_A_ROW = Interleaving.DEFAULT_DEPTH;

    private final Interleaving config;
    private final Counters<H264Counter> counters;
    private final NalUnitSink next;
    private final DecodingQueue waiting = new DecodingQueue();
    private final ArrayDeque<StoredUnit> free = new ArrayDeque<>();
    private StoredUnit filling;
    /** Capacities of all places, waiting or not. */
    private long bytes;
    private int slices;
    private int don;
    private boolean started;
    private long highest;
    private long delivered;
    private int lateInARow;
    private long lastArrival;

    Deinterleaver(Interleaving config, Counters<H264Counter> counters, NalUnitSink next) {
        this.config = config;
        this.counters = counters;
        this.next = next;
    }

    /** @param don decoding order number of the unit that begins next, 0 to 65,535 */
    void nextDon(int don) {
        this.don = don;
    }

    long heldBytes() {
        return bytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        lastArrival = origin.arrivalNanos();
        long extended = started ? DecodingOrder.extend(highest, don) : don;
        if (started && extended < delivered) {
            late();
            return;
        }
        lateInARow = 0;
        if (!started) {
            started = true;
            highest = extended;
            delivered = Long.MIN_VALUE;
        }
        highest = Math.max(highest, extended);
        filling = free.isEmpty() ? new StoredUnit() : free.pop();
        filling.begin(origin, header, extended);
        // A unit of its header alone takes a place too, else any number of them could wait.
        makeRoom(StoredUnit.MIN_CAPACITY);
    }

    private void late() {
        counters.increment(DON_LATE);
        if (++lateInARow >= MAX_LATE_IN_A_ROW) {
            flush();
        }
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        if (filling != null && makeRoom(filling.length() + (long) length)) {
            filling.append(from, offset, length);
        }
    }

    @Override
    public void end() {
        if (filling == null) {
            return;
        }
        waiting.add(filling);
        slices += filling.isSlice() ? 1 : 0;
        filling = null;
        while (!waiting.isEmpty() && mayGo(waiting.peek())) {
            deliverFirst();
        }
    }

    @Override
    public void abandon() {
        if (filling != null) {
            free.push(filling);
            filling = null;
        }
    }

    @Override
    public void endAccessUnit() {
        // Access units are found behind this place, in decoding order.
    }

    /** When {@link #poll} has something to do, or {@link Long#MAX_VALUE}. */
    long deadline() {
        return waiting.isEmpty() ? Long.MAX_VALUE : lastArrival + config.silenceNanos();
    }

    void poll(long nowNanos) {
        if (deadline() <= nowNanos) {
            deliverAll();
        }
    }

    /** All that waits goes out, and the next unit's number may be any. */
    void flush() {
        deliverAll();
        started = false;
        lateInARow = 0;
    }

    /** A stream that goes on without decoding order numbers has left mode 2. */
    void flushIfAny() {
        if (!waiting.isEmpty()) {
            flush();
        }
    }

    private void deliverAll() {
        while (!waiting.isEmpty()) {
            deliverFirst();
        }
    }

    private boolean mayGo(StoredUnit first) {
        return slices > config.depth() || highest - first.don() > config.maxDonDiff();
    }

    private void deliverFirst() {
        StoredUnit first = waiting.poll();
        slices -= first.isSlice() ? 1 : 0;
        delivered = first.don();
        first.deliver(next);
        free.push(first);
    }

    private boolean makeRoom(long length) {
        int capacity = filling.capacity();
        if (length <= capacity) {
            return true;
        }
        long wanted = Math.max(Math.max(StoredUnit.MIN_CAPACITY, 2L * capacity), length);
        if (length > config.maxBytes() || !reclaim(Math.min(wanted, config.maxBytes()) - capacity)) {
            counters.increment(DEINTERLEAVE_OVERSIZED);
            abandon();
            return false;
        }
        int grown = (int) Math.min(wanted, config.maxBytes());
        filling.grow(grown);
        bytes += grown - capacity;
        return true;
    }

    /** Gets so much memory below the limit: first places that are not in use give theirs, then the first units go out early. */
    private boolean reclaim(long more) {
        while (bytes + more > config.maxBytes()) {
            if (!free.isEmpty()) {
                bytes -= free.pop().capacity();
            } else if (!waiting.isEmpty()) {
                counters.increment(DEINTERLEAVE_EARLY);
                deliverFirst();
            } else {
                return false;
            }
        }
        return true;
    }
}
