package io.mcm.capture;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Puts the IP fragments of UDP datagrams together again, in bounded memory and capture time. */
final class FragmentStore {

    /** Of 64 KiB each: together the 4 MiB that Linux allows (net.ipv4.ipfrag_high_thresh). */
    static final int MAX_OPEN = 64;
    /** Linux's net.ipv4.ipfrag_time. */
    static final long TIMEOUT_NANOS = 30_000_000_000L;

    private final Counters<CaptureCounter> counters;
    /** Oldest first. */
    private final List<FragmentedDatagram> open = new ArrayList<>();
    private final Deque<FragmentedDatagram> spare = new ArrayDeque<>();

    FragmentStore(Counters<CaptureCounter> counters) {
        this.counters = counters;
    }

    /**
     * Takes a fragment.
     *
     * @return the datagram that it completes, until the next call; null otherwise
     */
    FragmentedDatagram add(IpHeader fragment, MemorySegment from, long nanos) {
        counters.increment(CaptureCounter.FRAGMENTS);
        expire(nanos);
        FragmentedDatagram datagram = find(fragment);
        if (datagram == null) {
            datagram = start(fragment, nanos);
        }
        return switch (datagram.add(fragment, from)) {
            case COMPLETE -> {
                remove(datagram);
                yield datagram;
            }
            case HELD -> null;
            case DUPLICATE -> count(CaptureCounter.DUPLICATE_FRAGMENTS);
            case MALFORMED -> count(CaptureCounter.MALFORMED);
            case OVERLAP -> {
                remove(datagram);
                yield count(CaptureCounter.OVERLAPPING_FRAGMENTS);
            }
        };
    }

    /** The capture has ended: what is not complete never will be. */
    void finish() {
        counters.add(CaptureCounter.INCOMPLETE_FRAGMENTS, open.size());
        open.clear();
    }

    private FragmentedDatagram count(CaptureCounter cause) {
        counters.increment(cause);
        return null;
    }

    private FragmentedDatagram find(IpHeader fragment) {
        for (FragmentedDatagram datagram : open) {
            if (datagram.owns(fragment)) {
                return datagram;
            }
        }
        return null;
    }

    private FragmentedDatagram start(IpHeader fragment, long nanos) {
        if (open.size() == MAX_OPEN) {
            dropOldest();
        }
        FragmentedDatagram fresh = spare.isEmpty() ? new FragmentedDatagram() : spare.pop();
        fresh.start(fragment, nanos);
        open.add(fresh);
        return fresh;
    }

    private void expire(long now) {
        while (!open.isEmpty() && now - open.getFirst().firstNanos() > TIMEOUT_NANOS) {
            dropOldest();
        }
    }

    private void dropOldest() {
        counters.increment(CaptureCounter.INCOMPLETE_FRAGMENTS);
        remove(open.getFirst());
    }

    private void remove(FragmentedDatagram datagram) {
        open.remove(datagram);
        spare.push(datagram);
    }
}
