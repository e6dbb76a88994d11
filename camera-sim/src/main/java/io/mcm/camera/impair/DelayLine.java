package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps packets that are to be sent later, and hands them on in the order of their new times. */
final class DelayLine extends Stage {

    /** 2 s of 100 Mbit/s in packets of 1,400 bytes, 32 MiB. */
    static final int MAX_HELD = 16_384;

    private final List<PacketDelay> delays;
    private final PriorityQueue<Held> held =
        new PriorityQueue<>(Comparator.<Held>comparingLong(packet -> packet.dueNanos).thenComparingLong(packet -> packet.order));
    private final ArrayDeque<Held> spare = new ArrayDeque<>();
    private long packets;

    DelayLine(List<PacketDelay> delays, Ledger ledger, TimedPacketSink next) {
        super(ledger, next);
        this.delays = delays;
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        releaseUntil(dueNanos);
        long leaves = leaves(length, dueNanos);
        if (leaves == PacketDelay.DROPPED) {
            ledger.drop(ImpairCounter.QUEUE_DROPPED);
        } else if (leaves == dueNanos) {
            next.packet(channel, segment, offset, length, dueNanos);
        } else if (held.size() == MAX_HELD) {
            ledger.drop(ImpairCounter.NOT_HELD);
        } else {
            hold(channel, segment, offset, length, leaves);
        }
    }

    private long leaves(int length, long dueNanos) {
        long nanos = dueNanos;
        for (int i = 0; i < delays.size() && nanos != PacketDelay.DROPPED; i++) {
            nanos = delays.get(i).leave(length, dueNanos, nanos);
        }
        return nanos;
    }

    private void hold(int channel, MemorySegment segment, long offset, int length, long leaves) {
        Held place = spare.isEmpty() ? new Held() : spare.pop();
        place.keep(ledger, channel, segment, offset, length);
        place.dueNanos = leaves;
        place.order = packets++;
        held.add(place);
    }

    /** What comes later is not due earlier: these may go. */
    private void releaseUntil(long nanos) {
        Fate arriving = ledger.current();
        int copy = ledger.copy();
        while (!held.isEmpty() && held.peek().dueNanos <= nanos) {
            Held going = held.poll();
            ledger.resume(going.fate, going.copy);
            next.packet(going.channel, going.bytes, 0, going.length, going.dueNanos);
            spare.push(going);
        }
        ledger.resume(arriving, copy);
    }

    @Override
    void release() {
        releaseUntil(Long.MAX_VALUE);
    }
}
