package io.mcm.camera.impair;

import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Which packet is on its way through the chain, and what was done to it. The stages hand packets on within one call, so there is one at a
 * time; a stage that holds packets back keeps their fates, and names one again when it goes on ({@link #resume}).
 */
final class Ledger {

    private final Counters<ImpairCounter> counters = new Counters<>(ImpairCounter.class);
    private final Chronicle chronicle;
    /** Not settled, in the source's order: a settled one waits for those before it. */
    private final ArrayDeque<Fate> open = new ArrayDeque<>();
    private final ArrayDeque<Fate> spare = new ArrayDeque<>();
    private Fate current;
    private int copy;
    private long packets;
    private long sent;

    Ledger(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** The source's next packet begins its way. */
    void begin(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        Fate fate = spare.isEmpty() ? new Fate() : spare.pop();
        fate.begin(packets++, channel, segment, offset, length, dueNanos);
        open.add(fate);
        resume(fate, 0);
    }

    /** A packet goes on that was held back. */
    void resume(Fate fate, int copy) {
        current = fate;
        this.copy = copy;
    }

    Fate current() {
        return current;
    }

    /** 0 for the packet itself, 1 for its duplicate. */
    int copy() {
        return copy;
    }

    /** Number of the packet that is on its way, counted from 0 over all channels. */
    long packet() {
        return current.packet();
    }

    void note(ImpairCounter deed) {
        counters.increment(deed);
        current.note(deed);
    }

    void drop(ImpairCounter deed) {
        note(deed);
        current.dropped();
    }

    void flip(int bit) {
        current.flipped(bit);
    }

    /** From here on the duplicate is on its way. */
    void duplicate() {
        note(ImpairCounter.DUPLICATED);
        current.copied();
        copy++;
    }

    void sent(MemorySegment segment, long offset, int length, long dueNanos) {
        current.sent(sent++, segment, offset, length, dueNanos);
    }

    /** Writes down what is settled. */
    void settle() {
        while (!open.isEmpty() && open.peek().isSettled()) {
            Fate fate = open.poll();
            chronicle.packet(fate);
            spare.push(fate);
        }
    }

    void event(Impairment impairment, String what, long atNanos) {
        chronicle.event(impairment, what, atNanos);
    }

    void count(ImpairCounter event) {
        counters.increment(event);
    }

    void end() {
        settle();
        chronicle.end();
    }

    Counters<ImpairCounter> counters() {
        return counters;
    }
}
